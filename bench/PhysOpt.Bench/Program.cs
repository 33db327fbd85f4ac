using PhysOpt.Bench;

return args switch
{
    [] => new[] { ImportTime.Compare(processes: 15), TraceSpeed.Compare(), ScriptSpeed.Compare(), LbfgsCost.Compare(), RecordCost.Compare() }.Max(),
    ["import"] => ImportTime.Compare(processes: 15),
    ["trace"] => System.Math.Max(TraceSpeed.Compare(), ScriptSpeed.Compare()),
    ["scipy"] => SciPyComparison.Compare(),
    ["lbfgs"] => LbfgsCost.Compare(),
    ["record"] => RecordCost.Compare(),
    ["import-once", .. var manifests] => ImportTime.Once(manifests),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: PhysOpt.Bench [import|trace|scipy|lbfgs|record]");
    return 64;
}
