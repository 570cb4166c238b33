package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects with random damage, in code as anywhere else, end in a verdict or an input error, never in an internal one. */
class MutatedObjectsTest {
    private static final int MUTATIONS = 600;
    private static final long SEED = 20261123;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void damageIsNeverAnInternalError() throws IOException {
        Random random = new Random(SEED);
        List<Path> objects = Sample.all().stream().map(Sample::object).toList();
        Path file = folder.resolve("mutated.bpf.o");
        for (int i = 0; i < MUTATIONS; i++) {
            Path original = objects.get(random.nextInt(objects.size()));
            byte[] bytes = Files.readAllBytes(original);
            String damage = damage(bytes, random);
            Files.write(file, bytes);
            var err = new StringWriter();
            int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "check", "--max-states", "2000", "--timeout", "5", file.toString());
            assertThat(code).as("%s, %s: %s", original.getFileName(), damage, err).isIn(0, 1, 2, 3);
        }
    }

    /** Most damage goes to the first part of the file behind the header, where the code of small objects lies. */
    private static String damage(byte[] bytes, Random random) {
        StringBuilder what = new StringBuilder("bytes");
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(4) > 0 ? 64 + random.nextInt(Math.min(512, bytes.length - 64)) : random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt());
            what.append(' ').append(at).append('=').append(bytes[at]);
        }
        return what.toString();
    }
}
