using PhysOpt.Bench;

return args switch
{
    [] => new[]
    {
        TraceSpeed.Compare(), ScriptSpeed.Compare(), LbfgsCost.Compare(), RecordCost.Compare(), ConfirmationCost.Compare(),
    }.Max(),
    ["trace"] => System.Math.Max(TraceSpeed.Compare(), ScriptSpeed.Compare()),
    ["cold"] => ColdStart.Compare(processes: 9),
    ["scipy"] => SciPyComparison.Compare(),
    ["lbfgs"] => LbfgsCost.Compare(),
    ["advection"] => AdvectionSpeed.Compare(),
    ["dense"] => DecompositionSpeed.Compare(),
    ["sparse"] => SparseFits.Compare(),
    ["record"] => RecordCost.Compare(),
    ["confirm"] => ConfirmationCost.Compare(),
    ["derivative-free"] => DerivativeFreeComparison.Compare(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: PhysOpt.Bench [cold|trace|advection|scipy|lbfgs|dense|sparse|record|confirm|derivative-free]");
    return 64;
}
