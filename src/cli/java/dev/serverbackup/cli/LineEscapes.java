package dev.serverbackup.cli;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * JSON's escapes, and escapes for other control and format characters, which a terminal could interpret, or which break
 * a line or change the text direction. Thread-safe.
 */
public final class LineEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final char DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    /** For a character beyond ASCII; null if it needs no escape. */
    @Override
    public SerializableString getEscapeSequence(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                new SerializedString("\\u%04X".formatted(character));
            default -> null;
        };
    }
}
