package bpfmc.model.program.load;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.InputException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand damaged objects: each is refused with a message, or read into something that can be printed; and none
 * makes the reader allocate more than its limit of global data (128 MiB) and a little.
 */
class FuzzTest {
    private static final int ROUNDS = 10_000;
    private static final int[] TEMPTING = {0, 1, 7, 8, 0x7f, 0x80, 0xff, 0xfe};

    private static final long MOST_ALLOCATED = 200L << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int accepted;
    private int refused;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void damagedObjectsAreRefusedOrReadable() {
        ImmutableList<byte[]> originals = Samples.all().collect(Samples::bytes);
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            byte[] damaged = damage(originals.get(round % originals.size()), random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                assertThat(Rendering.of(ObjectReader.read("fuzz.o", damaged))).isNotEmpty();
                accepted++;
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith("fuzz.o: ").hasSizeLessThan(2_000);
                refused++;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("seed " + round + " of " + Samples.all().get(round % originals.size()), e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("seed " + round).isLessThan(MOST_ALLOCATED);
        }
        assertThat(accepted).as("some damage does not matter").isGreaterThan(ROUNDS / 20);
        assertThat(refused).as("some damage does").isGreaterThan(ROUNDS / 20);
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] bytes = original.clone();
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)),
                        (byte) TEMPTING[random.nextInt(TEMPTING.length)]);
                default -> System.arraycopy(original, random.nextInt(bytes.length - 8), bytes,
                        Math.min(at, bytes.length - 8), 8);
            }
        }
        return bytes;
    }
}
