namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Runs a spec from its text, through a file, as the runner would run it from tests/Pester.</summary>
static class SpecText
{
    public static IReadOnlyList<SpecResult> Run(string spec)
    {
        var folder = Directory.CreateTempSubdirectory("spec-text-");
        try
        {
            var file = Path.Combine(folder.FullName, "Text.Tests.ps1");
            File.WriteAllText(file, spec);
            return SpecRunner.RunFile(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs one It with this body.</summary>
    public static SpecResult RunIt(string body) => Assert.Single(Run($"Describe 'd' {{\nIt 'i' {{\n{body}\n}}\n}}"));

    /// <summary>All tests of the spec pass, and there are this many.</summary>
    public static void AssertPasses(int count, string spec)
    {
        var results = Run(spec);
        Assert.All(results, r => Assert.True(r.Status == SpecStatus.Passed, $"{r.Path}: {r.Status} {r.Message}"));
        Assert.Equal(count, results.Count);
    }

    /// <summary>The message of the one It, which must fail.</summary>
    public static string Failure(string body)
    {
        var result = RunIt(body);
        Assert.Equal(SpecStatus.Failed, result.Status);
        return result.Message;
    }
}
