package dev.serverbackup.local.http;

import java.util.ArrayList;
import java.util.List;

/** The numbers from {@code min} to {@code max}, both included: what an integer may be, or how long a list. */
public record Range(int min, int max) {

    /** {@code min} and more. */
    public static Range atLeast(int min) {
        return new Range(min, Integer.MAX_VALUE);
    }

    List<String> failedByValue(int value) {
        return failed("value", value);
    }

    List<String> failedByLength(int length) {
        return failed("length", length);
    }

    private List<String> failed(String what, int number) {
        var failed = new ArrayList<String>();
        if (number > max) {
            failed.add("Member must have " + what + " less than or equal to " + max);
        }
        if (number < min) {
            failed.add("Member must have " + what + " greater than or equal to " + min);
        }
        return failed;
    }
}
