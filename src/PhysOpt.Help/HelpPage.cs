namespace PhysOpt.Help;

/// <summary>What a page says in words about a parameter.</summary>
/// <param name="Text">What it means; empty where only its default is said.</param>
/// <param name="Default">What happens where it is not given, as the text's last line says: "Default: 0.001".</param>
/// <param name="Line">Where it is written.</param>
internal sealed record ParameterText(IReadOnlyList<TextBlock> Text, string? Default, int Line);

/// <summary>An example that can be run as it is.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Introduction">What is to be said before.</param>
/// <param name="Code">The script.</param>
/// <param name="Output">What it prints; empty where it prints nothing.</param>
/// <param name="Remarks">What is to be said after.</param>
internal sealed record ExampleText(string Title, IReadOnlyList<TextBlock> Introduction, string Code, string Output,
    IReadOnlyList<TextBlock> Remarks);

/// <summary>A link to another page, or to an address.</summary>
internal sealed record RelatedLink(string Text, string Uri);

/// <summary>The words about a cmdlet. What the engine knows by itself (types, sets, positions, aliases) is not among them.</summary>
internal sealed record HelpPage(string File, string Name)
{
    /// <summary>One sentence.</summary>
    public required string Synopsis { get; init; }

    public required IReadOnlyList<TextBlock> Description { get; init; }

    public required IReadOnlyList<ExampleText> Examples { get; init; }

    /// <summary>By the parameters' names.</summary>
    public required IReadOnlyDictionary<string, ParameterText> Parameters { get; init; }

    /// <summary>What comes down the pipeline, by the names of types.</summary>
    public required IReadOnlyDictionary<string, ParameterText> Inputs { get; init; }

    /// <summary>What is returned, by the names of types.</summary>
    public required IReadOnlyDictionary<string, ParameterText> Outputs { get; init; }

    public required IReadOnlyList<TextBlock> Notes { get; init; }

    public required IReadOnlyList<RelatedLink> Links { get; init; }
}

/// <summary>What several pages would say alike: used wherever a page says nothing of its own.</summary>
internal sealed record CommonPage(
    string File, IReadOnlyDictionary<string, ParameterText> Parameters, IReadOnlyDictionary<string, ParameterText> Inputs,
        IReadOnlyDictionary<string, ParameterText> Outputs);
