package bpfmc.explorer.search;

/** Is told now and then how far a search has come. It is called by the searching thread and should return soon. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    public Progress NONE = figures -> { };

    /** Called every few hundred states; whoever shows the figures decides how often that is worth it. */
    void at(Figures figures);
}
