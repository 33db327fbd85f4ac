using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>Get-Help and the pages about subjects. What it shows of a cmdlet is a spec in tests/Pester.</summary>
public sealed class GetHelpTests
{
    [Fact]
    public void It_finds_the_subjects()
    {
        using var engine = new ModuleEngine();
        Assert.NotEmpty(HelpPages.Subjects);
        var found = engine.Texts("Get-Help about_PhysOpt* | ForEach-Object Name");
        Assert.Equal(HelpPages.Subjects, found.Order(StringComparer.Ordinal).DefaultIfEmpty());
        Assert.All(HelpPages.Subjects, name =>
        {
            var text = string.Join('\n', engine.Texts($"Get-Help {name}")).ReplaceLineEndings("\n");
            Assert.StartsWith($"TOPIC\n    {name}\n", text, StringComparison.Ordinal);
            Assert.True(engine.Texts($"(Get-Help {name}*).Synopsis").All(synopsis => synopsis.Length > 10), name);
        });
    }

    [Fact]
    public void The_subject_of_the_methods_lists_each_of_them_in_the_words_of_its_page()
    {
        using var engine = new ModuleEngine();
        var words = engine.Texts("Get-Help about_PhysOpt_Methods")
            .SelectMany(each => each.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        var text = string.Join(' ', words);
        var methods = engine
            .Texts("Get-Command -Module PhysOpt | Where-Object { $_.OutputType.Type.Name -eq 'IterationRecord' } | ForEach-Object Name")
            .Intersect(HelpPages.Cmdlets).ToList();
        Assert.Contains("Invoke-Adam", methods);
        Assert.All(methods, name =>
            Assert.Contains($"{name} {HelpPages.Words(HelpPages.Help(engine, name), "Synopsis")}", text, StringComparison.Ordinal));
    }
}
