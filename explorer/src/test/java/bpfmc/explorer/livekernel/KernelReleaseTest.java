package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.kernel.KernelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReleaseTest {
    @Test
    void hasNumbersAndAVersion() {
        KernelRelease release = KernelRelease.parse("6.18.44-amd64");
        assertThat(release.version()).isEqualTo(new KernelVersion(6, 18));
        assertThat(release).hasToString("Linux 6.18.44");
        assertThat(KernelRelease.parse("6.1-rc3")).hasToString("Linux 6.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.19.0", "7.4.1", "99.0", "next"})
    void otherKernelsAreNotCompared(String text) {
        assertThatThrownBy(() -> KernelRelease.parse(text)).isInstanceOf(InputException.class);
    }
}
