using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>README tells the truth.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    static readonly string Text = File.ReadAllText(RepositoryRoot.PathOf("README.md")).ReplaceLineEndings("\n");

    readonly PowerShellProcess program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_taste_prints_what_the_README_shows()
    {
        var (script, shown) = Taste();
        program.Script("taste.ps1", PowerShellProcess.ImportModule + script);

        var run = await program.RunAsync("taste.ps1");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(shown, run.Lines, PageBlocks.IsSame);
    }

    [Fact]
    public void Every_exported_cmdlet_is_in_the_table()
    {
        using var engine = new Engine();
        engine.ImportModule();
        var exported = engine.Run("Get-Command -Module PhysOpt | ForEach-Object Name").Output.Select(name => name.ToString());
        Assert.NotEmpty(exported);
        Assert.All(exported, name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));
    }

    /// <summary>The block under "A taste", and the lines that the page shows as its output.</summary>
    internal static (string Script, IEnumerable<string> Shown) Taste()
    {
        var blocks = TasteBlocks().Match(Text);
        Assert.True(blocks.Success);
        return (blocks.Groups["script"].Value, blocks.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd()));
    }

    [GeneratedRegex(@"<!-- taste:[^>]*-->\n```powershell\n(?<script>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex TasteBlocks();
}
