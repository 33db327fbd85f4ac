using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>What the pages of the guide print is what their blocks print.</summary>
public sealed partial class GuideTests : IDisposable
{
    const string Mark = "=====";

    readonly ConsoleProgram program = new();

    public static TheoryData<string> Pages() =>
        [.. Directory.GetFiles(Path.Combine(Engine.RepositoryRoot, "docs", "guide"), "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => program.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_blocks_of_a_page_print_what_it_shows(string page)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(Engine.RepositoryRoot, "docs", "guide", page), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var examples = Example().Matches(text);
        Assert.NotEmpty(examples);
        var script = "";
        for (var i = 0; i < examples.Count; i++)
        {
            program.Script($"example{i}.ps1", examples[i].Groups["script"].Value);
            script += $". '{Path.Combine(program.Folder, $"example{i}.ps1")}' | Out-Host\n'{Mark}' | Out-Host\n";
        }

        program.Script("guide.ps1", script);
        program.Environment["COLUMNS"] = "100";

        var run = await program.RunCopyAsync(ConsoleProgram.BuiltFolder, Path.Combine(program.Folder, "guide.ps1"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(examples.Select(example => Stable(example.Groups["output"].Value.Split('\n'))), Parts(run.Lines));
    }

    static IEnumerable<string> Parts(IEnumerable<string> lines)
    {
        var part = new List<string>();
        foreach (var line in lines)
        {
            if (line.Trim() != Mark)
            {
                part.Add(line);
                continue;
            }

            yield return Stable(part);
            part = [];
        }
    }

    /// <summary>The lines without the one that tells a time.</summary>
    static string Stable(IEnumerable<string> lines) => string.Join('\n', lines
        .Select(line => Spaces().Replace(line.TrimEnd(), " "))
        .Where(line => line.Length > 0 && !line.StartsWith("Recorded ", StringComparison.Ordinal)));

    [GeneratedRegex(@"```powershell\n(?<script>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
