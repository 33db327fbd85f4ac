using System.Management.Automation;
using System.Xml.Linq;

namespace PhysOpt.Help;

/// <summary>A page and what the engine knows of its cmdlet as MAML, the format that Get-Help reads.</summary>
internal sealed class MamlWriter(CommonPage common)
{
    static readonly XNamespace Items = "http://msh";
    static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of a module.</summary>
    internal XDocument Write(IEnumerable<(HelpPage Page, CmdletFacts Cmdlet)> pages) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"), new XAttribute(XNamespace.Xmlns + "maml", Maml),
                new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.Select(each => Write(each.Page, each.Cmdlet))));

    XElement Write(HelpPage page, CmdletFacts cmdlet)
    {
        if (page.Parameters.FirstOrDefault(each => cmdlet.Parameters.All(parameter => parameter.Name != each.Key)) is
            {
                Key: { } name,
                Value: var text
            })
            throw new PageException(page.File, text.Line,
                $"{page.Name} has no parameter {name}. It has {string.Join(", ", cmdlet.Parameters.Select(parameter => parameter.Name))}.");
        return new(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name), new XElement(Command + "verb", cmdlet.Verb),
                    new XElement(Command + "noun", cmdlet.Noun),
                new XElement(Maml + "description", Paragraph(page.Synopsis))),
            new XElement(Maml + "description", Paragraphs(page.Description)),
            new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(
                Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name),
                    CmdletFacts.InSyntax(set).Select(parameter => Parameter(parameter, page, cmdlet, isSyntax: true))))),
            new XElement(Command + "parameters",
                cmdlet.Parameters.Select(parameter => Parameter(parameter, page, cmdlet, isSyntax: false))),
            new XElement(Command + "inputTypes",
                cmdlet.Inputs.Select(type => Typed("inputType", type, Words(type, page.Inputs, common.Inputs)))),
            new XElement(Command + "returnValues",
                cmdlet.Outputs.Select(type => Typed("returnValue", type, Words(type, page.Outputs, common.Outputs)))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link)));
    }

    XElement Parameter(CommandParameterInfo parameter, HelpPage page, CmdletFacts cmdlet, bool isSyntax)
    {
        var own = page.Parameters.GetValueOrDefault(parameter.Name);
        var shared = common.Parameters.GetValueOrDefault(parameter.Name);
        var words = own is { Text.Count: > 0 } ? own : shared;
        var type = CmdletFacts.ShortName(parameter.ParameterType);
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        var choices = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.ParameterType.IsArray),
            new XAttribute("globbing", CmdletFacts.TakesWildcards(parameter)),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position >= 0 ? parameter.Position : "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            new XElement(Maml + "description", isSyntax || words is null ? null : Paragraphs(words.Text)),
            choices.IsEnum ? new XElement(Command + "parameterValueGroup", Enum.GetNames(choices).Select(name => Value(name, false)))
                : null,
            isSwitch ? null : Value(type, parameter.ParameterType.IsArray),
            new XElement(Dev + "type", new XElement(Maml + "name", type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", cmdlet.Default(parameter) ?? own?.Default ?? words?.Default ?? "None"));
    }

    static XElement Value(string text, bool isList) =>
        new(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", isList), text);

    static string Pipeline(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (false, false) => "False",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "True (ByPropertyName, ByValue)",
        };

    static IReadOnlyList<TextBlock> Words(Type type, params IReadOnlyDictionary<string, ParameterText>[] places) =>
        places.Select(place => place.GetValueOrDefault(CmdletFacts.ShortName(type))?.Text).FirstOrDefault(text => text is not null) ?? [];

    static XElement Typed(string name, Type type, IReadOnlyList<TextBlock> words) => new(
        Command + name, new XElement(Dev + "type", new XElement(Maml + "name", CmdletFacts.FullName(type))),
            new XElement(Maml + "description", Paragraphs(words)));

    /// <summary>
    /// What an example prints follows its script, as it does in a session; all words come after, where the engine's own help has them.
    /// </summary>
    static XElement Example(ExampleText example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
        new XElement(Dev + "code", example.Output.Length == 0 ? example.Code : $"{example.Code}\n\n{example.Output}"),
        new XElement(Dev + "remarks", Paragraphs([.. example.Introduction, .. example.Remarks])));

    static XElement Link(RelatedLink link) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", link.Text),
            new XElement(Maml + "uri", link.Uri.EndsWith(".md", StringComparison.Ordinal) ? "" : link.Uri));

    static XElement Paragraph(string text) => new(Maml + "para", text);

    static IEnumerable<XElement> Paragraphs(IEnumerable<TextBlock> blocks) => blocks.Select(block => Paragraph(block.Text));
}
