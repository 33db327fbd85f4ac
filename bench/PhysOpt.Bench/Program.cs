using PhysOpt.Bench;

return args switch
{
    [] => System.Math.Max(ImportTime.Compare(processes: 15), TraceSpeed.Compare()),
    ["import"] => ImportTime.Compare(processes: 15),
    ["trace"] => TraceSpeed.Compare(),
    ["import-once", .. var manifests] => ImportTime.Once(manifests),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: PhysOpt.Bench [import|trace]");
    return 64;
}
