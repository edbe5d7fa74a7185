"""A name server for tests, on port 53 by UDP and TCP.

usage: answer.py ADDRESS MODE   (listening address; how it answers)
  serve     every A question gets 198.51.100.7
  peer      ... the address the question came from
  fail      SERVFAIL
  silent    nothing at all
  short     UDP: truncated, without records; TCP: 198.51.100.7
  forged    UDP: first an answer with another id, then the right one
"""
import socket
import struct
import sys
import threading


def reply(query, mode, stream, peer):
    code, flags, records = 0, 0x8180, b""
    end = 12
    while query[end]:
        end += 1 + query[end]
    question = query[12 : end + 5]
    if mode == "fail":
        code = 2
    elif mode == "short" and not stream:
        flags |= 0x200
    else:
        data = socket.inet_aton(peer if mode == "peer" else "198.51.100.7")
        records = struct.pack(">HHHIH", 0xC00C, 1, 1, 60, 4) + data
    counts = struct.pack(">HHHH", 1, 1 if records else 0, 0, 0)
    return query[:2] + struct.pack(">H", flags | code) + counts + question + records


def datagrams(address, mode):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, 53))
    while True:
        query, peer = server.recvfrom(4096)
        answer = reply(query, mode, False, peer[0])
        if mode == "forged":
            server.sendto(bytes([query[0] ^ 1]) + answer[1:-1] + b"\x09", peer)
        if mode != "silent":
            server.sendto(answer, peer)


def streams(address, mode):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, 53))
    server.listen(9)
    while True:
        client, peer = server.accept()
        query = client.recv(4096)[2:]
        answer = reply(query, mode, True, peer[0])
        if mode != "silent":
            client.sendall(struct.pack(">H", len(answer)) + answer)
            client.close()


threading.Thread(target=streams, args=sys.argv[1:], daemon=True).start()
datagrams(*sys.argv[1:])
