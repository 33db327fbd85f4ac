using System.Globalization;
using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>The blocks of powershell in a page, each followed by what it prints: run, and compared.</summary>
internal static partial class PageBlocks
{
    const string Mark = "=====";

    /// <summary>
    /// Runs the blocks of a page in one process, 100 columns wide, and compares what each prints with what the page shows.
    /// </summary>
    /// <param name="program">A process that has not been started.</param>
    /// <param name="page">The page's text.</param>
    /// <param name="isOneSession">True where a block may use the variables of those before it.</param>
    internal static async Task CheckAsync(PowerShellProcess program, string page, bool isOneSession)
    {
        var examples = Pair().Matches(page.ReplaceLineEndings("\n"));
        Assert.NotEmpty(examples);
        var script = "";
        for (var i = 0; i < examples.Count; i++)
        {
            program.Script($"example{i}.ps1", examples[i].Groups["script"].Value);
            script += $"{(isOneSession ? '.' : '&')} '{Path.Combine(program.Folder, $"example{i}.ps1")}' | Out-Host\n'{Mark}' | Out-Host\n";
        }

        program.Script("page.ps1", PowerShellProcess.ImportModule + script);
        program.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"; // the pages show points and not commas, wherever they are run

        var run = await program.RunAsync("page.ps1");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var shown = examples.Select(example => Stable(example.Groups["output"].Value.Split('\n'))).ToList();
        // who types a block has no file, which messages would name
        var printed = Parts(run.Lines.Select(line => FileOfExample().Replace(line, ""))).ToList();
        if (shown.Count != printed.Count || !shown.Zip(printed).All(pair => IsSame(pair.First, pair.Second))) Assert.Equal(shown, printed);
    }

    /// <summary>The first block of powershell after a place in a page, and what it prints.</summary>
    internal static (string Script, string Output) After(string page, int place) =>
        Pair().Match(page, place).Groups is var parts ? (parts["script"].Value, parts["output"].Value) : default;

    /// <summary>True where two texts are the same word by word, but for what another machine's sine and cosine round differently.</summary>
    internal static bool IsSame(string shown, string printed)
    {
        var (a, b) = (Words(shown), Words(printed));
        return a.Length == b.Length && a.Zip(b).All(pair => IsSameWord(pair.First, pair.Second));
    }

    static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Numbers may differ by 1e-5, or below 1e-8 in any way.</summary>
    static bool IsSameWord(string shown, string printed)
    {
        if (!TryNumber(shown, out var a) || !TryNumber(printed, out var b)) return shown == printed;
        return double.Abs(a - b) <= double.Max(1e-8, 1e-5 * double.Abs(a));
    }

    static bool TryNumber(string word, out double number) =>
        double.TryParse(word.TrimEnd('.', ','), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

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
        .Where(line => line.Length > 0 && !TimeLine().IsMatch(line)));

    [GeneratedRegex(@"\S*[/\\]example\d+\.ps1, ")]
    private static partial Regex FileOfExample();

    [GeneratedRegex(@"```powershell\n(?<script>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Pair();

    [GeneratedRegex("^(Recorded|Elapsed) ")]
    private static partial Regex TimeLine();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
