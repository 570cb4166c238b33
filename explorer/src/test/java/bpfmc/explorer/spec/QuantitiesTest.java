package bpfmc.explorer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"60, 60", "60s, 60", "2m, 120", "5min, 300", "1h, 3600", "1d, 86400", "' 90 s ', 90"})
    void durationsHaveUnits(String text, long seconds) {
        assertThat(Quantities.seconds(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "512M, 512", "4G, 4096", "4GiB, 4096", "1T, 1048576"})
    void sizesHaveUnits(String text, long mebibytes) {
        assertThat(Quantities.mebibytes(text)).isEqualTo(mebibytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5", "5 weeks", "1.5h", "60ms", "9999999999999999999"})
    void whatIsNoDurationIsSaid(String text) {
        assertThatThrownBy(() -> Quantities.seconds(text)).isInstanceOf(InputException.class)
                .hasMessage("'" + text + "' is no duration: seconds, or a number with s, m, h or d (90s, 2m, 1h)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4K", "4Gb", "lots", "-1G"})
    void whatIsNoSizeIsSaid(String text) {
        assertThatThrownBy(() -> Quantities.mebibytes(text)).isInstanceOf(InputException.class)
                .hasMessage("'" + text + "' is no size: MiB, or a number with M, G or T (800M, 4G)");
    }
}
