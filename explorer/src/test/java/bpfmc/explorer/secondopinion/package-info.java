/**
 * bpfmc beside a plain enumerator: random systems of compiled programs ({@link bpfmc.explorer.secondopinion.RandomObjects}), what {@code check} finds and
 * what {@link bpfmc.explorer.secondopinion.enumerator} does, which must be the same.
 */
package bpfmc.explorer.secondopinion;
