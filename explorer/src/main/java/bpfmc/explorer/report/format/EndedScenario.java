package bpfmc.explorer.report.format;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfObject;

/** A scenario that has ended, while others may not have. @param path of the object, as the user named it */
public record EndedScenario(String path, BpfObject object, ScenarioResult result) {}
