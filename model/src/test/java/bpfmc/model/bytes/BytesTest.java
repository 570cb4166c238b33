package bpfmc.model.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BytesTest {
    private final Bytes bytes = Bytes.of("section x", new byte[] {1, 2, 3, (byte) 0x84, 5, 6, 7, (byte) 0x88});

    @Test
    void readsLittleEndianWithAndWithoutSign() {
        assertThat(bytes.u8(3)).isEqualTo(0x84);
        assertThat(bytes.u16(2)).isEqualTo(0x8403);
        assertThat(bytes.i16(2)).isEqualTo((short) 0x8403);
        assertThat(bytes.i32(0)).isEqualTo(0x84030201);
        assertThat(bytes.u32(0)).isEqualTo(0x84030201L);
        assertThat(bytes.i64(0)).isEqualTo(0x8807_0605_8403_0201L);
        assertThat(bytes.slice("part", 4, 3).u16(1)).isEqualTo(0x0706);
    }

    @Test
    void refusesReadsAcrossEitherEnd() {
        assertThatThrownBy(() -> bytes.i32(5)).isInstanceOf(InputException.class)
                .hasMessage("section x: 4 bytes at offset 5 are outside its 8 bytes");
        assertThatThrownBy(() -> bytes.u8(-1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> bytes.slice("part", Long.MAX_VALUE, 2)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> bytes.slice("part", 2, -1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> bytes.slice("part", 2, 4).u8(4)).hasMessageContaining("part");
    }

    @Test
    void readsStringsAndReplacesWhatWouldReachATerminal() {
        StringTable table = table("\0plain\0\u001b[31mred\ttab\0");
        assertThat(table.at(0)).isEmpty();
        assertThat(table.at(1)).isEqualTo("plain");
        assertThat(table.at(3)).isEqualTo("ain");
        assertThat(table.at(7)).isEqualTo("\uFFFD[31mred\ttab");
        assertThat(table.at(1)).isSameAs(table.at(1));
    }

    @Test
    void refusesStringsThatDoNotEnd() {
        assertThatThrownBy(() -> table("\0open").at(1)).hasMessage("the string at offset 1 of strings has no end");
        assertThatThrownBy(() -> table("x".repeat(20_000) + "\0").at(0)).hasMessageContaining("has no end");
        assertThatThrownBy(() -> table("\0").at(1)).hasMessage("string offset 1 is outside strings of 1 bytes");
    }

    @Test
    void refusesToMultiplyOverlappingStrings() {
        StringTable table = table("x".repeat(16_000) + "\0");
        assertThatThrownBy(() -> {
            for (int offset = 0; offset < 1_000; offset++) {
                table.at(offset);
            }
        }).isInstanceOf(InputException.class).hasMessageContaining("overlaps too many others");
    }

    private static StringTable table(String text) {
        return new StringTable(Bytes.of("strings", text.getBytes(StandardCharsets.UTF_8)));
    }
}
