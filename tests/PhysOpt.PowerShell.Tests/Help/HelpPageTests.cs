using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>What a page must say, seen through the engine.</summary>
public sealed class HelpPageTests(HelpPageTests.Session session) : IClassFixture<HelpPageTests.Session>
{
    public static TheoryData<string> Cmdlets() => [.. HelpPages.Cmdlets];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(session.Engine.Texts("Get-Command -Module PhysOpt | ForEach-Object Name").Order(StringComparer.Ordinal),
            HelpPages.Cmdlets);

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
        var own = session.Engine.Texts($"(Get-Command {name}).Parameters.Keys")
            .Except(Cmdlet.CommonParameters, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(own.Order(StringComparer.Ordinal), parameters.Select(parameter => HelpPages.Words(parameter, "name"))
            .Order(StringComparer.Ordinal));
        Assert.All(parameters, parameter =>
            Assert.True(HelpPages.Words(parameter, "description", "Text").Length > 10, HelpPages.Words(parameter, "name")));
    }

    [Theory]
    [InlineData("MaxIterations")]
    [InlineData("GradientTolerance")]
    [InlineData("StepTolerance")]
    [InlineData("LossTolerance")]
    [InlineData("LossTarget")]
    [InlineData("MaxEvaluations")]
    public void A_method_ends_by_default_when_its_page_says(string parameter)
    {
        var methods = session.Engine.Output("Get-Command -Module PhysOpt").Select(each => (CmdletInfo)each.BaseObject)
            .Select(command => (command.Name,
                Options: command.ImplementingType.GetProperty("DefaultOptions",
                BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(Activator.CreateInstance(command.ImplementingType))))
            .Where(method => method.Options is not null).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method =>
        {
            var told = HelpPages.Words(HelpPages.All(Help(method.Name), "parameters", "parameter")
                .Single(each => HelpPages.Words(each, "name") == parameter), "defaultValue");
            var used = method.Options!.GetType().GetProperty(parameter)!.GetValue(method.Options) switch
            {
                null => "none",
                double tolerance => tolerance.ToString("G3", CultureInfo.InvariantCulture),
                var number => number.ToString(),
            };
            Assert.Equal((method.Name, used), (method.Name, told));
        });
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
