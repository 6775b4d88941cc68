package dev.serverbackup.log;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * What a log line escapes beside what JSON must: that some reader takes for the end of a line, or a terminal for a command.
 * Those are all control characters, and the separators of lines and of paragraphs. Thread-safe.
 */
final class LineEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029'
                ? new SerializedString("\\u%04X".formatted(character))
                : null;
    }
}
