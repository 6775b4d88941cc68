package dev.serverbackup.server;

import java.util.List;

/** A second reading of a server's ARN, part by part and without a pattern. */
final class NaiveArn {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    private NaiveArn() {}

    /** The server's name, empty if it is no server's ARN or the name is none. */
    static String serverName(String arn) {
        List<String> parts = List.of(arn.split(":", 6));
        if (parts.size() < 6) {
            return "";
        }
        List<String> resource = List.of(parts.get(5).split("/", -1));
        boolean isServer = parts.get(0).equals("arn")
                && consistsOf(parts.get(1), LOWER + DIGITS + "-")
                && parts.get(2).equals("opsworks-cm")
                && consistsOf(parts.get(3), LOWER + DIGITS + "-")
                && consistsOf(parts.get(4), DIGITS)
                && parts.get(4).length() == 12
                && resource.size() == 3
                && resource.get(0).equals("server")
                && consistsOf(resource.get(2), UPPER + LOWER + DIGITS + "-");
        return isServer && isName(resource.get(1)) ? resource.get(1) : "";
    }

    private static boolean isName(String text) {
        return consistsOf(text, UPPER + LOWER + DIGITS + "-")
                && text.length() <= 40
                && !consistsOf(text.substring(0, 1), DIGITS + "-");
    }

    private static boolean consistsOf(String text, String allowed) {
        return !text.isEmpty() && text.chars().allMatch(each -> allowed.indexOf(each) >= 0);
    }
}
