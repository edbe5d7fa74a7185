"""Asks the name server at 127.0.0.11 and prints what it says, by nothing but RFC 1035.

usage: ask.py NAME TYPE [tcp] [edns=SIZE] [server=ADDRESS] [wait=SECONDS] [raw=HEX]
prints: RCODE [tc] then each record's value, sorted
"""
import socket
import struct
import sys

TYPES = {"A": 1, "NS": 2, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "ANY": 255}
CODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"]


def encode(name):
    labels = [part for part in name.split(".") if part]
    return b"".join(bytes([len(p)]) + p.encode("latin-1") for p in labels) + b"\0"


def name_at(message, at):
    labels, end = [], None
    while message[at]:
        if message[at] >= 192:
            end = end or at + 2
            at = (message[at] & 63) << 8 | message[at + 1]
        else:
            labels.append(message[at + 1 : at + 1 + message[at]].decode("latin-1"))
            at += 1 + message[at]
    return ".".join(labels), end or at + 1


def exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            sys.exit("closed")
        data += more
    return data


def main(name, kind, *options):
    settings = dict(option.partition("=")[::2] for option in options)
    address = (settings.get("server", "127.0.0.11"), 53)
    query = struct.pack(">HHHHHH", 4711, 0x100, 1, 0, 0, 1 if "edns" in settings else 0)
    query += encode(name) + struct.pack(">HH", TYPES[kind], 1)
    if "edns" in settings:
        query += b"\0" + struct.pack(">HHIH", 41, int(settings["edns"]), 0, 0)
    if "raw" in settings:
        query = bytes.fromhex(settings["raw"])
    stream = "tcp" in settings
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
    client.settimeout(float(settings.get("wait", "8")))
    client.connect(address)
    try:
        if stream:
            client.sendall(struct.pack(">H", len(query)) + query)
            answer = exactly(client, struct.unpack(">H", exactly(client, 2))[0])
        else:
            client.send(query)
            answer = client.recv(65535)
    except socket.timeout:
        sys.exit("no answer")
    number, flags, questions, answers, _, extra = struct.unpack(">HHHHHH", answer[:12])
    assert number == struct.unpack(">H", query[:2])[0], "another id"
    assert flags & 0x8000, "no answer bit"
    at = 12
    for _ in range(questions):
        at = name_at(answer, at)[1] + 4
    values = []
    for _ in range(answers):
        _, at = name_at(answer, at)
        kind, _, _, length = struct.unpack(">HHIH", answer[at : at + 10])
        data = at + 10
        if kind == 1:
            values.append(socket.inet_ntoa(answer[data : data + 4]))
        elif kind == 12:
            values.append(name_at(answer, data)[0])
        else:
            values.append("TYPE%d" % kind)
        at = data + length
    words = [CODES[flags & 15]] + (["tc"] if flags & 0x200 else []) + sorted(values)
    print(" ".join(words))


main(*sys.argv[1:])
