using PhysOpt.Bench;

return args switch
{
    [] => System.Math.Max(System.Math.Max(ImportTime.Compare(processes: 15), TraceSpeed.Compare()), ScriptSpeed.Compare()),
    ["import"] => ImportTime.Compare(processes: 15),
    ["trace"] => System.Math.Max(TraceSpeed.Compare(), ScriptSpeed.Compare()),
    ["scipy"] => SciPyComparison.Compare(),
    ["import-once", .. var manifests] => ImportTime.Once(manifests),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: PhysOpt.Bench [import|trace|scipy]");
    return 64;
}
