using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>The build step: from pages to help, and what is wrong in a page as an error at its line.</summary>
public sealed class HelpWriterTests : IDisposable
{
    const string Page = """
        # Test-Gradient

        ## SYNOPSIS

        Tells.

        ## DESCRIPTION

        Words.

        ## EXAMPLES

        ### One

        ```powershell
        Test-Gradient
        ```

        ## PARAMETERS

        ### -Tolerance

        How far.

        ## NOTES

        A paper.
        """;

    const string Common = """
        # Common

        ## PARAMETERS

        ### -Tolerance

        The common text.

        Default: 7

        ### -At

        Where.
        """;

    readonly string folder = Directory.CreateTempSubdirectory("physopt-help-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_page_says_something_of_its_own_or_what_all_say()
    {
        await Write(Page);
        Assert.Equal("How far.", Parameter("Tolerance", "description"));
        Assert.Equal("Where.", Parameter("At", "description"));
        await Write(Page.Replace("How far.", "Default: 3", StringComparison.Ordinal));
        Assert.Equal("The common text.", Parameter("Tolerance", "description"));
    }

    [Fact]
    public async Task A_default_is_the_compiled_one_then_the_pages_own_then_the_common_one()
    {
        await Write(Page.Replace("### -Tolerance\n\nHow far.", "### -At\n\nDefault: the origin.", StringComparison.Ordinal));
        Assert.Equal("1E-06", Parameter("Tolerance", "defaultValue"));
        Assert.Equal("the origin", Parameter("At", "defaultValue"));
    }

    [Theory]
    [InlineData("### -Tolerance", "### -Tolerances", 21, "no parameter Tolerances")]
    [InlineData("### -Tolerance", "### Tolerance", 21, "begins with a dash")]
    [InlineData("How far.", "", 21, "Nothing is said of -Tolerance")]
    [InlineData("## NOTES", "## REMARKS", 25, "no section 'REMARKS'")]
    [InlineData("## NOTES", "## DESCRIPTION", 25, "a section 'DESCRIPTION' already")]
    [InlineData("Words.", "", 7, "no text under ## DESCRIPTION")]
    [InlineData("Tells.", "Tells.\n\nMore.", 3, "one sentence")]
    [InlineData("Words.", "x * *y* * z", 9, "Emphasis")]
    [InlineData("Words.", "<b>x</b>", 9, "HtmlInline")]
    [InlineData("```powershell", "```text", 13, "one block of powershell")]
    [InlineData("# Test-Gradient", "# Test-Gradients", 1, "not the name of the file")]
    [InlineData("A paper.", "A paper.\n\n## RELATED LINKS\n\n- [Gone](Gone.md)", 31, "no page Gone.md")]
    [InlineData("A paper.", "A paper.\n\n## RELATED LINKS\n\nGone", 31, "each item of it a link")]
    public async Task What_is_wrong_is_told_with_file_and_line(string good, string bad, int line, string message)
    {
        var run = await Run(Page.Replace(good, bad, StringComparison.Ordinal), Common);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{Path.Combine(folder, "Test-Gradient.md")}({line}): error PHYSHELP: ", Assert.Single(run.ErrorLines),
            StringComparison.Ordinal);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "help")));
    }

    [Fact]
    public async Task A_common_text_for_no_parameter_at_all_is_an_error()
    {
        var run = await Run(Page, Common.Replace("-At", "-Att", StringComparison.Ordinal));
        Assert.Contains("Common.md(11): error PHYSHELP: No cmdlet has a parameter Att", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_no_cmdlet_is_an_error()
    {
        File.WriteAllText(Path.Combine(folder, "Invoke-Nothing.md"),
            Page.Replace("Test-Gradient", "Invoke-Nothing", StringComparison.Ordinal));
        Assert.Contains("Invoke-Nothing.md(1): error PHYSHELP: The module has no cmdlet", (await Run(Page, Common)).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_is_text_of_80_columns_and_goes_when_its_page_goes()
    {
        var page = Path.Combine(folder, "about_Words.md");
        var text = Path.Combine(folder, "help", "about_Words.help.txt");
        File.WriteAllText(page, $"# about_Words\n\n## SHORT DESCRIPTION\n\nWords.\n\n## Long ones\n\n- " +
            $"{string.Join(' ', Enumerable.Repeat("word", 40))}\n\n```\nkept  as\n  it is\n```\n\n{{other cmdlets}}\n");
        await Write(Page);
        var lines = File.ReadAllLines(text);
        Assert.Equal(["TOPIC", "    about_Words", "", "SHORT DESCRIPTION", "    Words.", "", "LONG ONES"], lines[..7]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(40, lines.Sum(line => line.Split(' ').Count(word => word == "word")));
        Assert.StartsWith("      word", lines[8], StringComparison.Ordinal);
        Assert.Contains("        kept  as\n          it is\n\n    Test-Gradient\n        Tells.", string.Join('\n', lines),
            StringComparison.Ordinal);

        File.Delete(page);
        await Write(Page);
        Assert.False(File.Exists(text));
    }

    async Task Write(string page)
    {
        var run = await Run(page, Common);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Errors));
    }

    async Task<Finished> Run(string page, string common)
    {
        File.WriteAllText(Path.Combine(folder, "Test-Gradient.md"), page);
        File.WriteAllText(Path.Combine(folder, "Common.md"), common);
        // the module's own build, where what it depends on lies beside it
        return await Finished.RunAsync(new()
        {
            ArgumentList = { Built("PhysOpt.Help"), Built("PhysOpt.PowerShell"), folder, Path.Combine(folder, "help") },
        });
    }

    /// <summary>A project's assembly, in the configuration that the tests are built in.</summary>
    static string Built(string project)
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return RepositoryRoot.PathOf("src", project, "bin", output.Parent!.Name, output.Name, $"{project}.dll");
    }

    string Parameter(string name, string property) =>
        XDocument.Load(Path.Combine(folder, "help", "PhysOpt.PowerShell.dll-Help.xml")).Descendants()
        .Single(element => element.Name.LocalName == "parameters").Elements()
        .Single(element => element.Elements().First(each => each.Name.LocalName == "name").Value == name).Elements()
        .Single(element => element.Name.LocalName == property).Value;
}
