using System.Globalization;
using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>README tells the truth.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    readonly ConsoleProgram program = new();
    readonly string readme = File.ReadAllText(Path.Combine(Engine.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_taste_prints_what_the_README_shows()
    {
        var blocks = Taste().Match(readme);
        Assert.True(blocks.Success);
        program.Script("taste.ps1", blocks.Groups["script"].Value);
        program.Environment["COLUMNS"] = "100";

        var run = await program.RunCopyAsync(ConsoleProgram.BuiltFolder, Path.Combine(program.Folder, "taste.ps1"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var shown = blocks.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
        Assert.Equal(shown.Select(Words), run.Lines.Select(Words), (a, b) => a.Length == b.Length && a.Zip(b).All(pair => SameWord(pair.First, pair.Second)));
    }

    [Fact]
    public void Every_exported_cmdlet_is_in_the_table()
    {
        using var engine = new Engine();
        engine.ImportModule();
        var exported = engine.Run("Get-Command -Module PhysOpt | ForEach-Object Name").Output.Select(name => name.ToString());
        Assert.NotEmpty(exported);
        Assert.All(exported, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Numbers may differ in what another machine's sine and cosine round differently: by 1e-5, or below 1e-8 in any way.</summary>
    static bool SameWord(string shown, string printed)
    {
        if (!TryNumber(shown, out var a) || !TryNumber(printed, out var b)) return shown == printed;
        return double.Abs(a - b) <= double.Max(1e-8, 1e-5 * double.Abs(a));
    }

    static bool TryNumber(string word, out double number) =>
        double.TryParse(word.TrimEnd('.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"<!-- taste:[^>]*-->\n```powershell\n(?<script>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Taste();
}
