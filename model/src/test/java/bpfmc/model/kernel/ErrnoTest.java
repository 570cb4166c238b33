package bpfmc.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrnoTest {

    @Test
    void namesWhatMapOperationsReturn() {
        assertThat(Errno.ofResult(-2)).contains(Errno.ENOENT);
        assertThat(Errno.ofResult(-7)).contains(Errno.E2BIG);
        assertThat(Errno.ofResult(-12)).contains(Errno.ENOMEM);
        assertThat(Errno.ofResult(-16)).contains(Errno.EBUSY);
        assertThat(Errno.ofResult(-17)).contains(Errno.EEXIST);
        assertThat(Errno.ofResult(-22)).contains(Errno.EINVAL);
        assertThat(Errno.ofResult(-35)).contains(Errno.EDEADLK);
        assertThat(Errno.ofResult(-95)).contains(Errno.EOPNOTSUPP);
        assertThat(Errno.ofResult(-110)).contains(Errno.ETIMEDOUT);
        assertThat(Errno.ofResult(-524)).contains(Errno.ENOTSUPP);
    }

    @Test
    void otherResultsAreNoErrors() {
        for (long result : new long[] {0, 2, -3000, -5000, Long.MIN_VALUE, Long.MAX_VALUE, 0xffff_fffeL}) {
            assertThat(Errno.ofResult(result)).isEmpty();
        }
    }

    @Test
    void numbersAreDistinctAndAscending() {
        assertThat(Arrays.stream(Errno.values()).map(Errno::number)).doesNotHaveDuplicates().isSorted();
    }
}
