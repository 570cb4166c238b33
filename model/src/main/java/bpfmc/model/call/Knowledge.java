package bpfmc.model.call;

/**
 * What the verifier of a kernel takes for known where a run alone would have to follow both ways.
 *
 * @param foundAtConstantKeys a lookup in an array with a constant index inside it does not fail (Linux 6.15)
 * @param frozenData constants of sections that libbpf freezes, {@code .rodata} (Linux 5.5)
 * @param mapsExist the address of a map is not 0 (Linux 6.17)
 */
public record Knowledge(boolean foundAtConstantKeys, boolean frozenData, boolean mapsExist) {}
