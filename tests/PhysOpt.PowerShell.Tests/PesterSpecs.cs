using System.Collections.Concurrent;
using PhysOpt.PowerShell.Tests.Pester;

namespace PhysOpt.PowerShell.Tests;

/// <summary>The specs of tests/Pester, one row per It, run here by the engine and in pwsh by Pester itself.</summary>
public class PesterSpecs
{
    static readonly string Folder = Path.Combine(Engine.RepositoryRoot, "tests", "Pester");

    static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<SpecResult>>> Runs = new();

    public static IEnumerable<TheoryDataRow<string, string>> Rows()
    {
        var files = SpecFiles(Folder);
        if (files.Count == 0)
            throw new InvalidOperationException("There is no *.Tests.ps1 in tests/Pester.");
        foreach (var file in files)
        {
            foreach (var row in SpecRunner.Discover(Path.Combine(Folder, file)))
                yield return new TheoryDataRow<string, string>(file, row) { TestDisplayName = $"{file}: {row}", Label = "" };
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Spec(string file, string test)
    {
        var results = Runs.GetOrAdd(file, f => new Lazy<IReadOnlyList<SpecResult>>(() => SpecRunner.RunFile(Path.Combine(Folder, f)))).Value;
        var result = results.SingleOrDefault(r => r.Row == test)
            ?? throw new InvalidOperationException($"The run of {file} has no '{test}', but: {string.Join("; ", results.Select(r => $"{r.Row} {r.Message}"))}");
        switch (result.Status)
        {
            case SpecStatus.Failed:
                Assert.Fail($"{result.Path}\n{result.Message}");
                break;
            case SpecStatus.Skipped:
                Assert.Skip(result.Message);
                break;
            case SpecStatus.Passed:
                break;
        }
    }

    /// <summary>As Pester finds them: in the folder and below, whatever the case of the name.</summary>
    static List<string> SpecFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.Tests.ps1", new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive })
            .Select(f => Path.GetRelativePath(folder, f))
            .Order(StringComparer.Ordinal)];
}
