package dev.serverbackup;

import java.util.List;

/** The function's environment variables are invalid, so the function does not start. The message names every fault. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> faults) {
        super("the environment has %d fault(s):\n- %s".formatted(faults.size(), String.join("\n- ", faults)));
    }
}
