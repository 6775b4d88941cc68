package dev.serverbackup;

import java.util.List;

/** The function's environment can't be worked with. It does not start, and says everything that is wrong at once. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> faults) {
        super("the environment has %d fault(s):\n- %s".formatted(faults.size(), String.join("\n- ", faults)));
    }
}
