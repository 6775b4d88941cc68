package dev.serverbackup.simulation;

/** Figures of a test, for whoever wants to know what was tried: in {@code target/surefire-reports/*-output.txt}. */
final class Reported {
    private Reported() {}

    static void print(String what, String found) {
        System.out.println(what + ": " + found);
    }
}
