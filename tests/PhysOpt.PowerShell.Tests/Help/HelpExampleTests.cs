using System.Text.RegularExpressions;
using PhysOpt.PowerShell.Tests.Hosting;
using PhysOpt.PowerShell.Tests.Repository;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>The examples of the help print what the pages show. Each runs by itself, as a reader pastes it.</summary>
public sealed partial class HelpExampleTests : IDisposable
{
    readonly PowerShellProcess program = new();

    public static TheoryData<string> Pages() =>
        [.. HelpPages.Cmdlets, .. HelpPages.Subjects.Where(name => Script().IsMatch(HelpPages.Text(name)))];

    public void Dispose() => program.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Each_example_of_a_page_prints_what_it_shows(string name) =>
        await PageBlocks.CheckAsync(program, HelpPages.Text(name), isOneSession: false);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_shows_what_it_prints_within_100_columns(string name)
    {
        var text = HelpPages.Text(name).ReplaceLineEndings("\n");
        Assert.Equal(Script().Count(text), ScriptAndOutput().Count(text));
        Assert.All(ScriptAndOutput().Matches(text).SelectMany(match => match.Value.Split('\n')), line =>
            Assert.True(line.Length <= 100, line));
    }

    [GeneratedRegex("^```powershell$", RegexOptions.Multiline)]
    private static partial Regex Script();

    [GeneratedRegex(@"^```powershell\n.*?^```\n\n```text\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ScriptAndOutput();
}
