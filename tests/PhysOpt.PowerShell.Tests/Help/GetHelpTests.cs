using PhysOpt.PowerShell.Tests.Hosting;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>Get-Help as a user calls it.</summary>
public sealed class GetHelpTests : IDisposable
{
    readonly PowerShellProcess program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task It_shows_synopsis_syntax_parameters_and_examples()
    {
        var text = await Print("Get-Help Invoke-Adam -Full");
        Assert.Contains("Minimises a loss with Adam", text, StringComparison.Ordinal);
        Assert.Contains("Invoke-Adam [-InputObject] <Object>", text, StringComparison.Ordinal);
        Assert.Contains("-Beta1 <double>", text, StringComparison.Ordinal);
        Assert.Contains("[<CommonParameters>]", text.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Kingma", text, StringComparison.Ordinal);
        Assert.Contains("Example 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_examples_with_what_they_print()
    {
        var text = await Print("Get-Help Invoke-Adam -Examples");
        Assert.Contains("Example 1", text, StringComparison.Ordinal);
        Assert.Contains("Method: Adam on ThreeSpaces, run 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_a_parameter_with_what_the_engine_and_the_page_know()
    {
        var text = await Print("Get-Help Invoke-Adam -Parameter LearningRate");
        Assert.Contains("-LearningRate <double>", text, StringComparison.Ordinal);
        Assert.Contains("eta, ", text, StringComparison.Ordinal);
        Assert.Matches(@"Aliases +Eta", text);
        Assert.Matches(@"Default value +0\.001\b", text);
        Assert.Matches(@"Required\? +false", text);
    }

    [Fact]
    public void It_finds_the_subjects()
    {
        using var engine = new ModuleEngine();
        Assert.NotEmpty(HelpPages.Subjects);
        Assert.Equal(HelpPages.Subjects, engine.Texts("Get-Help about_PhysOpt* | ForEach-Object Name").Order(StringComparer.Ordinal).DefaultIfEmpty());
        Assert.All(HelpPages.Subjects, name => Assert.StartsWith($"TOPIC\n    {name}\n", string.Join('\n', engine.Texts($"Get-Help {name}")).ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.All(HelpPages.Subjects, name => Assert.True(engine.Texts($"(Get-Help {name}*).Synopsis").All(synopsis => synopsis.Length > 10), name));
    }

    [Fact]
    public void The_subject_of_the_methods_lists_each_of_them_in_the_words_of_its_page()
    {
        using var engine = new ModuleEngine();
        var text = string.Join(' ', engine.Texts("Get-Help about_PhysOpt_Methods").SelectMany(each => each.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)));
        var methods = engine.Texts("Get-Command -Module PhysOpt | Where-Object { $_.OutputType.Type.Name -eq 'IterationRecord' } | ForEach-Object Name").Intersect(HelpPages.Cmdlets).ToList();
        Assert.Contains("Invoke-Adam", methods);
        Assert.All(methods, name => Assert.Contains($"{name} {HelpPages.Words(HelpPages.Help(engine, name), "Synopsis")}", text, StringComparison.Ordinal));
    }

    async Task<string> Print(string command)
    {
        program.Script("help.ps1", PowerShellProcess.ImportModule + command);
        var run = await program.RunAsync("help.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }
}
