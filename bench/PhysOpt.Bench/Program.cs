using PhysOpt.Bench;

return args switch
{
    [] or ["import"] => ImportTime.Compare(processes: 15),
    ["import-once", .. var manifests] => ImportTime.Once(manifests),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: PhysOpt.Bench [import]");
    return 64;
}
