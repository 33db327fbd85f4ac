using System.Management.Automation;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>What a page must say, seen through the engine.</summary>
public sealed class HelpPageTests(HelpPageTests.Session session) : IClassFixture<HelpPageTests.Session>
{
    public static TheoryData<string> Cmdlets() => [.. HelpPages.Cmdlets];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_synopsis_is_one_sentence(string name)
    {
        var synopsis = HelpPages.Words(Help(name), "Synopsis");
        Assert.Matches(@"^[A-Z]((?!\. [A-Z]).)*\.$", synopsis);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_has_text(string name)
    {
        var parameters = HelpPages.All(Help(name), "parameters", "parameter");
        var own = session.Engine.Texts($"(Get-Command {name}).Parameters.Keys").Except(Cmdlet.CommonParameters, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(own.Order(StringComparer.Ordinal), parameters.Select(parameter => HelpPages.Words(parameter, "name")).Order(StringComparer.Ordinal));
        Assert.All(parameters, parameter => Assert.True(HelpPages.Words(parameter, "description", "Text").Length > 10, HelpPages.Words(parameter, "name")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Description_notes_inputs_and_outputs_have_text(string name)
    {
        var help = Help(name);
        Assert.NotEmpty(HelpPages.Words(help, "description", "Text"));
        Assert.NotEmpty(HelpPages.Words(help, "alertSet", "alert", "Text"));
        var outputs = HelpPages.All(help, "returnValues", "returnValue");
        Assert.NotEmpty(outputs);
        Assert.All([.. outputs, .. HelpPages.All(help, "inputTypes", "inputType")], each =>
            Assert.True(HelpPages.Words(each, "description", "Text").Length > 10, HelpPages.Words(each, "type", "name")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void There_are_two_examples_or_more_and_they_use_the_cmdlet(string name)
    {
        var examples = HelpPages.All(Help(name), "examples", "example");
        Assert.True(examples.Count >= 2, $"{examples.Count}");
        Assert.All(examples, example => Assert.Contains(name, HelpPages.Words(example, "code"), StringComparison.Ordinal));
    }

    PSObject Help(string name) => HelpPages.Help(session.Engine, name);

    /// <summary>One engine for all pages.</summary>
    public sealed class Session : IDisposable
    {
        public ModuleEngine Engine { get; } = new();

        public void Dispose() => Engine.Dispose();
    }
}
