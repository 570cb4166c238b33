package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.axiomatic.Model;
import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LitmusParserTest {
    private static LitmusTest parse(String text) {
        return LitmusParser.parse(text);
    }

    private static LitmusResult run(String text) {
        return BruteForceTest.result(parse(text), Model.BPF, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "'' # 1 # 1 # a litmus file begins with 'BPF' and a name",
        "BPF # 1 # 4 # a name expected behind BPF, not the end of the file",
        "BPF x # 1 # 6 # '{' and the initial state expected, not the end of the file",
        "AArch64 x {} # 1 # 1 # the architecture is 'AArch64'; only BPF is read",
        "BPF x (* (* *) # 1 # 7 # a comment begins here and has no end",
        "BPF x {0:r1=x;}@P0 ;@ r9 = atomic_fetch_ad((u64 *)(r1 + 0), r9) ; # 3 # 7 # there is no instruction 'atomic_fetch_ad'; did you mean 'atomic_fetch_add'?",
        "BPF x {0:r1=x;}@P0 ;@ stor_release((u64 *)(r1 + 0), r9) ; # 3 # 2 # there is no instruction 'stor_release'; did you mean 'store_release'?",
        "BPF x {0:r1=x;}@P0 ;@ r2-=1 ; # 3 # 2 # 'r2-' is one word here: names may hold - / and ., so blanks are needed around them",
        "BPF x {0:r1=x;}@P0 ;@ goto lop ;@ loop: ;@ # 3 # 7 # there is no label 'lop'; did you mean 'loop'?",
        "BPF x {0:r1=x;}@P0 ;@ l: ;@ l: ; # 4 # 2 # there are two labels 'l'",
        "BPF x {0:r1=x;}@P0 ;@ r1 = *(u46 *)(r1 + 0) ; # 3 # 9 # there is no size 'u46'; did you mean 'u16'?",
        "BPF x {0:r1=x;}@P0 ;@ r1 = *(u64 *)(r1) ; # 3 # 18 # an offset with its sign expected, as in (r1 + 0), not ')'",
        "BPF x {0:r1=x;}@P0 ;@ r1 = 0x10 ; # 3 # 7 # numbers of a program are decimal",
        "BPF x {0:r1=x;}@P0 ;@ r11 = 1 ; # 3 # 2 # there is no register 'r11'; there are r0 to r10 and fp",
        "BPF x {0:r1=x;}@P0 ;@ r1 = r11 ; # 3 # 7 # there is no register 'r11'; there are r0 to r10 and fp",
        "BPF x {0:r1=x;}@P0 ;@ r1 s>>= 2 ; # 3 # 5 # s>>= is not followed; herd7 does not follow it either",
        "BPF x {0:r1=x;}@P0 ;@ lock *(u64 *)(r1 + 0) -= r2 ; # 3 # 24 # lock has +=, &=, |= and ^= only",
        "BPF x {0:r1=x;}@P0 ;@ if r1 > 2 goto l ; # 3 # 8 # ==, !=, < or >= expected, not '>'",
        "BPF x {0:r1=x;}@P0 | P2 ; # 2 # 6 # the threads are P0, P1 and so on; P1 expected, not 'P2'",
        "BPF x {0:r1=x;}@P0 ;@ r1 = 1 | r2 = 2 ; # 3 # 9 # the row has more cells than there are threads",
        "BPF x {0:r1=x;}@P0 ;@ r1 = 1 # 3 # 8 # ';' expected behind the row, not the end of the file",
        "BPF x {1:r1=x;}@P0 ;@ r1 = 1 ; # 1 # 8 # there is no thread P1; the program has 1",
        "BPF x {0:r1=x; 0:r1=y;}@P0 ;@ # 1 # 16 # 0:r1 has two initial values",
        "BPF x {itn y=1;}@P0 ;@ # 1 # 8 # there is no type 'itn'; did you mean 'int'?",
        "BPF x {int y[3]={1,2};}@P0 ;@ # 1 # 14 # y has 3 elements and 2 values",
        "BPF x {y=99999999999999999999;}@P0 ;@ # 1 # 10 # this is no number of 64 bits",
        "BPF x {flag=1; 0:r1=flag;}@P0 ;@ r2 = 1 ;@exists (flga=1) # 4 # 9 # there is no variable 'flga'; did you mean 'flag'?",
        "BPF x {0:r1=x;}@P0 ;@ r2 = 1 ;@exists (1:r1=1) # 4 # 9 # there is no thread P1; the program has 1",
        "BPF x {0:r1=x;}@P0 ;@ r2 = 1 ;@exits (0:r1=1) # 4 # 1 # there is no instruction 'exits'; did you mean 'exists'?",
        "BPF x {0:r1=x;}@P0 ;@ r2 = 1 ;@exists (0:r1=1 # 4 # 15 # ')' expected behind a condition, not the end of the file",
        "BPF x {0:r1=x;}@P0 ;@ r2 = 1 ;@exists (x=1) x # 4 # 14 # the end of the file expected behind the condition, not 'x'"})
    void faultsSayLineAndColumn(String text, int line, int column, String message) {
        assertThatThrownBy(() -> parse(text.replace('@', '\n'))).isInstanceOf(InputException.class).hasMessage("line " + line + ", column " + column + ": " + message);
    }

    @Test
    void everyBeginningOfAFileIsATestOrAFault() throws IOException {
        for (Path file : List.of(Path.of("../specs/litmus/d33-forms-of-the-language.litmus"), Path.of("../specs/litmus/d20-relay-cmpxchg.litmus"))) {
            String text = Files.readString(file);
            int faults = 0;
            for (int length = 0; length < text.length(); length++) {
                faults += isFault(text.substring(0, length)) ? 1 : 0;
            }
            assertThat(faults).isBetween(text.length() / 2, text.length());
        }
    }

    @Test
    void whatIsNoLitmusFileIsAFault() throws IOException {
        Random random = new Random(3);
        String text = Files.readString(Path.of("../specs/litmus/d33-forms-of-the-language.litmus"));
        for (int i = 0; i < 2_000; i++) {
            StringBuilder changed = new StringBuilder(text);
            for (int k = random.nextInt(4); k >= 0; k--) {
                changed.setCharAt(random.nextInt(text.length()), (char) (random.nextBoolean() ? random.nextInt(128) : "{}()[];:|=*/\\-0".charAt(random.nextInt(15))));
            }
            isFault(changed.toString());
        }
        assertThat(isFault("\0\1\2BPF")).isTrue();
        assertThat(isFault("BPF x {" + "(*".repeat(200_000))).isTrue();
        assertThat(isFault("BPF x {} P0 ; exists " + "(".repeat(100_000))).isTrue();
        assertThat(isFault("BPF x {} P0 ; exists " + "~".repeat(100_000))).isTrue();
        assertThat(isFault("BPF x {int a[99999999];} P0 ;")).isTrue();
        assertThat(isFault("BPF x {}" + " ".repeat(2_000_000))).isTrue();
        assertThat(isFault("BPF x {} " + "P0|".repeat(1000))).isTrue();
    }

    private static boolean isFault(String text) {
        try {
            parse(text);
            return false;
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("line ").hasSizeLessThan(300);
            return true;
        }
    }

    @Test
    void conditionsReadAsHerdWritesThem() {
        String text = "BPF x { y=1; int a[2]; 0:r1=y; 0:r2=x; } P0 ; r3 = 1 ; locations [0:r3; a[1];] ";
        assertThat(parse(text + "~exists (0:r3=1 /\\ y=1 \\/ ~(x=0) => a[1]=0)").condition().text()).isEqualTo("(0:r3=1 /\\ [y]=1 \\/ not ([x]=0)) => a[1]=0");
        assertThat(HerdBlock.of(run(text + "exists (0:r1=y /\\ (x=1 \\/ y!=0) /\\ a={0,0x0})")).replaceAll("Time x .*\n", "")).isEqualTo("""
                Test x Allowed
                States 1
                0:r1=y; 0:r3=1; a[0]=0; a[1]=0; [x]=0; [y]=1;
                Ok
                Witnesses
                Positive: 1 Negative: 0
                Condition exists (0:r1=y /\\ ([x]=1 \\/ not ([y]=0)) /\\ a[0]=0 /\\ a[1]=0)
                Observation x Always 1 0
                """);
    }

    @Test
    void valuesAreWholeWordsAndShownByTheirTypes() {
        LitmusResult result = run("""
                BPF widths
                { uint64_t u; int64_t s; 0:r1=u; 0:r2=s; 0:r3=p; 0:r4=-1; }
                 P0 ;
                 *(u8 *)(r1 + 0) = r4 ;
                 *(u8 *)(r2 + 0) = r4 ;
                 r5 = 1 ;
                 r5 <<= 32 ;
                 *(u32 *)(r3 + 0) = r5 ;
                 r6 = *(u8 *)(r3 + 0) ;
                 r6 >>= 32 ;
                exists (u=-1 /\\ s=-1 /\\ p=0 /\\ 0:r6=1)
                """);
        assertThat(result.text(result.states().getFirst())).isEqualTo("0:r6=1; [p]=0; [s]=-1; [u]=18446744073709551615;");
        assertThat(result.ok()).isTrue();
    }

    @Test
    void anExecutionOutsideOfItsVariablesVanishesAndAnAddressThatIsNoneIsAFault() {
        assertThat(run("BPF far { 0:r1=x; 1:r1=x; } P0 | P1 ; r2 = *(u64 *)(r1 + 0) | *(u64 *)(r1 + 0) = 8 ; r1 += r2 | ; r3 = *(u64 *)(r1 + 0) | ; exists (0:r2=8)").states()).hasSize(1);
        assertThatThrownBy(() -> run("BPF lost { 0:r2=x; } P0 ; r3 = *(u64 *)(r1 + 0) ; exists (0:r3=0)")).isInstanceOf(InputException.class).hasMessageContaining("0:r1=x");
        assertThatThrownBy(() -> run("BPF half { int a[2]; 0:r1=a; } P0 ; r3 = *(u64 *)(r1 + 2) ; exists (0:r3=0)")).isInstanceOf(InputException.class).hasMessageContaining("mixed size");
    }
}
