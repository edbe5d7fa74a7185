package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_ACK;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_CREATE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REPLACE;
import static io.jdocker.linux.netlink.NetlinkSocket.NLM_F_REQUEST;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Calls on how links send, in the socket's network namespace. See tc(8). */
public final class TrafficCalls {
  private static final int RTM_NEWQDISC = 36;
  private static final int TC_H_ROOT = 0xffffffff;
  private static final int TCA_KIND = 1;
  private static final int TCA_OPTIONS = 2;
  private static final int TCA_TBF_PARMS = 1;
  private static final int TCA_TBF_RATE64 = 4;
  private static final int TCA_TBF_BURST = 6;
  private static final int TBF_QOPT = 36; // struct tc_tbf_qopt
  private static final byte TC_LINKLAYER_ETHERNET = 1; // so that no table of times is needed
  private static final long LARGEST_RATE_32 = 0xffffffffL;

  private final NetlinkSocket socket;

  TrafficCalls(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Lets a link send no faster than that, by a token bucket (tc-tbf(8)); in place of the limit it
   * had.
   *
   * @param rate bytes a second
   * @param burst bytes that may go at once, at least one packet
   * @param queue bytes that wait before more is dropped
   */
  public void limit(int link, long rate, int burst, int queue) {
    ByteBuffer parameters = ByteBuffer.allocate(TBF_QOPT).order(ByteOrder.nativeOrder());
    parameters.put(1, TC_LINKLAYER_ETHERNET);
    parameters.putInt(8, (int) Math.min(rate, LARGEST_RATE_32));
    parameters.putInt(24, queue);
    MessageWriter message =
        new MessageWriter(RTM_NEWQDISC, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE)
            .u32(0) // AF_UNSPEC and padding
            .u32(link)
            .u32(0)
            .u32(TC_H_ROOT)
            .u32(0)
            .attribute(TCA_KIND, "tbf")
            .begin(TCA_OPTIONS)
            .attribute(TCA_TBF_PARMS, parameters.array())
            .attribute(TCA_TBF_BURST, burst);
    if (rate > LARGEST_RATE_32) {
      message.attribute(
          TCA_TBF_RATE64,
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(rate).array());
    }
    message.end();
    socket.request(
        message,
        () ->
            "tc qdisc replace dev "
                + link
                + " root tbf rate "
                + rate
                + "bps burst "
                + burst
                + " limit "
                + queue);
  }
}
