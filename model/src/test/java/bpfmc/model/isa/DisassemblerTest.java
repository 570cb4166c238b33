package bpfmc.model.isa;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.bytes.Bytes;
import bpfmc.model.elf.ElfFile;
import bpfmc.model.elf.ElfSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisassemblerTest {
    /** Bytes as llvm-mc of LLVM 19 assembled the text; LLVM 20 and 22 for the acquire and release, and gotox. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            0f 21 00 00 00 00 00 00 ; r1 += r2
            04 01 00 00 05 00 00 00 ; w1 += 0x5
            3f 21 01 00 00 00 00 00 ; r1 s/= r2
            94 03 01 00 fc ff ff ff ; w3 s%= -0x4
            c7 01 00 00 03 00 00 00 ; r1 s>>= 0x3
            84 01 00 00 00 00 00 00 ; w1 = -w1
            bc 21 00 00 00 00 00 00 ; w1 = w2
            bc 21 08 00 00 00 00 00 ; w1 = (s8)w2
            bf 21 20 00 00 00 00 00 ; r1 = (s32)r2
            dc 01 00 00 10 00 00 00 ; r1 = be16 r1
            d4 01 00 00 40 00 00 00 ; r1 = le64 r1
            d7 01 00 00 20 00 00 00 ; r1 = bswap32 r1
            18 01 00 00 23 01 00 00 00 00 00 00 00 00 00 00 ; r1 = 0x123 ll
            18 01 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff ; r1 = -0x1 ll
            91 21 00 00 00 00 00 00 ; r1 = *(s8 *)(r2 + 0x0)
            61 21 fc ff 00 00 00 00 ; r1 = *(u32 *)(r2 - 0x4)
            7b 1a f8 ff 00 00 00 00 ; *(u64 *)(r10 - 0x8) = r1
            72 0a f8 ff fb ff ff ff ; *(u8 *)(r10 - 0x8) = -0x5
            7a 0a f8 ff 2c 01 00 00 ; *(u64 *)(r10 - 0x8) = 0x12c
            db 21 00 00 00 00 00 00 ; lock *(u64 *)(r1 + 0x0) += r2
            c3 21 00 00 00 00 00 00 ; lock *(u32 *)(r1 + 0x0) += r2
            c3 21 00 00 a0 00 00 00 ; lock *(u32 *)(r1 + 0x0) ^= w2
            db 12 00 00 01 00 00 00 ; r1 = atomic_fetch_add((u64 *)(r2 + 0x0), r1)
            c3 12 fc ff 41 00 00 00 ; w1 = atomic_fetch_or((u32 *)(r2 - 0x4), w1)
            db 21 00 00 f1 00 00 00 ; r0 = cmpxchg_64(r1 + 0x0, r0, r2)
            c3 21 f8 ff f1 00 00 00 ; w0 = cmpxchg32_32(r1 - 0x8, w0, w2)
            c3 12 00 00 e1 00 00 00 ; w1 = xchg32_32(r2 + 0x0, w1)
            db 12 00 00 e1 00 00 00 ; r1 = xchg_64(r2 + 0x0, r1)
            15 01 05 00 00 00 00 00 ; if r1 == 0x0 goto +0x5
            ce 21 fd ff 00 00 00 00 ; if w1 s< w2 goto -0x3
            45 01 02 00 07 00 00 00 ; if r1 & 0x7 goto +0x2
            56 01 02 00 ff ff ff ff ; if w1 != -0x1 goto +0x2
            05 00 03 00 00 00 00 00 ; goto +0x3
            05 00 fd ff 00 00 00 00 ; goto -0x3
            06 00 00 00 03 00 00 00 ; gotol +0x3
            e5 00 02 00 00 00 00 00 ; may_goto +0x2
            85 00 00 00 01 00 00 00 ; call 0x1
            85 00 00 00 ff ff ff ff ; call -0x1
            8d 03 00 00 00 00 00 00 ; callx r3
            8d 00 00 00 02 00 00 00 ; callx r2
            bf 21 01 00 01 00 00 00 ; r1 = addr_space_cast(r2, 0x0, 0x1)
            30 00 00 00 0e 00 00 00 ; r0 = *(u8 *)skb[0xe]
            40 30 00 00 00 00 00 00 ; r0 = *(u32 *)skb[r3]
            b7 01 00 00 ff ff ff ff ; r1 = -0x1
            b4 01 00 00 07 00 00 00 ; w1 = 0x7
            95 00 00 00 00 00 00 00 ; exit
            6f 21 00 00 00 00 00 00 ; r1 <<= r2
            77 01 00 00 3f 00 00 00 ; r1 >>= 0x3f
            27 01 00 00 ff ff ff ff ; r1 *= -0x1
            9f 21 00 00 00 00 00 00 ; r1 %= r2
            3c 21 00 00 00 00 00 00 ; w1 /= w2
            47 01 00 00 05 00 00 00 ; r1 |= 0x5
            a7 01 00 00 05 00 00 00 ; r1 ^= 0x5
            1f 51 00 00 00 00 00 00 ; r1 -= r5
            b4 01 00 00 ff ff ff ff ; w1 = -0x1
            81 21 00 80 00 00 00 00 ; r1 = *(s32 *)(r2 - 0x8000)
            db 21 00 00 40 00 00 00 ; lock *(u64 *)(r1 + 0x0) |= r2
            db 21 00 00 50 00 00 00 ; lock *(u64 *)(r1 + 0x0) &= r2
            2d 21 05 00 00 00 00 00 ; if r1 > r2 goto +0x5
            35 01 05 00 00 00 00 00 ; if r1 >= 0x0 goto +0x5
            75 01 05 00 00 00 00 00 ; if r1 s>= 0x0 goto +0x5
            a6 01 05 00 00 00 00 00 ; if w1 < 0x0 goto +0x5
            b6 01 05 00 00 00 00 00 ; if w1 <= 0x0 goto +0x5
            d6 01 05 00 fb ff ff ff ; if w1 s<= -0x5 goto +0x5
            66 01 05 00 fb ff ff ff ; if w1 s> -0x5 goto +0x5
            18 23 00 00 05 00 00 00 00 00 00 00 00 00 00 00 ; ld_pseudo r3, 0x2, 0x5
            18 37 00 00 fe ff ff ff 00 00 00 00 ff ff ff ff ; ld_pseudo r7, 0x3, 0xfffffffe
            85 10 00 00 05 00 00 00 ; call 0x5
            85 20 00 00 f5 ff ff ff ; call -0xb
            20 00 00 00 00 f0 ff ff ; r0 = *(u32 *)skb[-0x1000]
            18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 80 ; r1 = -0x8000000000000000 ll
            62 0a 00 80 00 00 00 80 ; *(u32 *)(r10 - 0x8000) = -0x80000000
            c3 12 00 00 10 01 00 00 ; store_release((u32 *)(r2 + 0x0), w1)
            d3 12 fc ff 10 01 00 00 ; store_release((u8 *)(r2 - 0x4), w1)
            db 12 00 00 10 01 00 00 ; store_release((u64 *)(r2 + 0x0), r1)
            c3 21 00 00 00 01 00 00 ; w1 = load_acquire((u32 *)(r2 + 0x0))
            db 21 08 00 00 01 00 00 ; r1 = load_acquire((u64 *)(r2 + 0x8))
            0d 01 00 00 00 00 00 00 ; gotox r1
            """)
    void writesWhatLlvmWrites(String code, String text) {
        assertThat(Disassembler.text(InstructionDecoder.decodeAll(HexFormat.ofDelimiter(" ").parseHex(code))
                .getFirst()))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu-v4-clang22", "locked-clang19"})
    void writesWholeObjectsAsObjdumpDoes(String name) {
        ImmutableList<String> expected = objdumpLines(text("/disassembly/" + name + ".txt"));
        ElfFile elf = ElfFile.parse(Bytes.of(name, resource("/objects/" + name + ".o")));
        MutableList<String> actual = Lists.mutable.empty();
        elf.sections().select(ElfSection::code).each(section ->
                InstructionDecoder.decodeAll(section.content().toArray()).forEachWithIndex((instruction, slot) -> {
                    if (instruction != null) {
                        actual.add(slot + ": " + Disassembler.text(instruction));
                    }
                }));
        assertThat(expected).hasSizeGreaterThan(30);
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    /** {@return the lines {@code slot: text} of {@code llvm-objdump-19 -d --no-show-raw-insn}, without target names} */
    private static ImmutableList<String> objdumpLines(String dump) {
        return Lists.immutable.withAll(dump.lines()
                .filter(line -> line.matches(" *\\d+:\t.*"))
                .map(line -> line.strip().replace(":\t", ": ").replaceFirst(" <[^ ]*>$", ""))
                .toList());
    }

    private static String text(String resource) {
        return new String(resource(resource), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = DisassemblerTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
