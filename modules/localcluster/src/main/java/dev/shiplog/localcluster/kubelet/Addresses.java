package dev.shiplog.localcluster.kubelet;

/** The addresses of pods, 10.200.0.2 and on; they mean nothing to a network. */
final class Addresses {
    private static final int MOST = 1 << 16;

    private Addresses() {}

    static String next(int after) {
        int number = (after + 1) % MOST;
        return "10.200." + (number >> 8) + "." + (number & 0xff);
    }

    /** 0 if it is no address of a pod. */
    static int number(String address) {
        String[] parts = address.split("\\.");
        return parts.length == 4 ? (Integer.parseInt(parts[2]) << 8) + Integer.parseInt(parts[3]) : 0;
    }
}
