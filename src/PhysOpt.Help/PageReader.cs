using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PhysOpt.Help;

/// <summary>Reads a page in the layout of PlatyPS, without what the engine knows by itself.</summary>
internal sealed class PageReader
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    readonly string file;
    readonly string title;
    readonly Dictionary<string, List<Block>> sections = [];
    readonly Dictionary<string, int> lines = [];

    /// <exception cref="PageException">Its headings are not as they should be.</exception>
    internal PageReader(string file, params string[] known)
    {
        this.file = file;
        List<Block>? section = null;
        string? name = null;
        foreach (var block in Markdown.Parse(File.ReadAllText(file), Pipeline))
        {
            if (block is not HeadingBlock { Level: <= 2 } heading)
            {
                (section ?? throw Wrong(block, "The page begins with its title and a section, such as ## SYNOPSIS.")).Add(block);
                continue;
            }

            var text = PageText.Plain(heading.Inline!, file, heading.Line + 1);
            if (heading.Level == 1 && name is not null) throw Wrong(block, "A page has one title.");
            if (heading.Level == 1)
            {
                name = text;
                continue;
            }

            if (known.Length > 0 && !known.Contains(text))
                throw Wrong(block, $"There is no section '{text}'. The sections are {string.Join(", ", known)}.");
            if (!sections.TryAdd(text, section = [])) throw Wrong(block, $"There is a section '{text}' already.");
            lines.Add(text, heading.Line + 1);
        }

        title = name ?? throw new PageException(file, 1, "The page has no title.");
        if (title != Path.GetFileNameWithoutExtension(file))
            throw new PageException(file, 1, $"The title '{title}' is not the name of the file.");
    }

    /// <summary>The names of the sections, in their order.</summary>
    internal IEnumerable<string> Sections => sections.Keys;

    internal static HelpPage Read(string file)
    {
        var page = new PageReader(file, "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS");
        return new(file, page.title)
        {
            Synopsis = page.Sentence("SYNOPSIS"),
            Description = page.Text("DESCRIPTION", isRequired: true),
            Examples = [.. page.Parts("EXAMPLES", isRequired: true).Select(page.Example)],
            Parameters = page.Parameters(),
            Inputs = page.Words("INPUTS"),
            Outputs = page.Words("OUTPUTS"),
            Notes = page.Text("NOTES", isRequired: true),
            Links = page.Links(),
        };
    }

    internal static CommonPage ReadCommon(string file)
    {
        var page = new PageReader(file, "PARAMETERS", "INPUTS", "OUTPUTS");
        return new(file, page.Parameters(), page.Words("INPUTS"), page.Words("OUTPUTS"));
    }

    /// <summary>A section of one paragraph.</summary>
    internal string Sentence(string section)
    {
        var text = Text(section, isRequired: true);
        if (text is not [{ IsVerbatim: false }]) throw new PageException(file, lines[section], $"{section} is one sentence.");
        return text[0].Text;
    }

    /// <summary>The text of a section without headings of its own.</summary>
    internal IReadOnlyList<TextBlock> Text(string section, bool isRequired = false)
    {
        var blocks = Blocks(section, isRequired);
        if (blocks.OfType<HeadingBlock>().FirstOrDefault() is { } heading) throw Wrong(heading, $"{section} has no headings.");
        return [.. blocks.SelectMany(block => PageText.Read(block, file))];
    }

    List<Block> Blocks(string section, bool isRequired)
    {
        if (sections.TryGetValue(section, out var blocks) && (blocks.Count > 0 || !isRequired)) return blocks;
        return !isRequired ? [] : throw new PageException(file, lines.GetValueOrDefault(section, 1),
            $"The page has no text under ## {section}.");
    }

    /// <summary>The parts of a section: a heading of the third level, and the text below it.</summary>
    IEnumerable<(string Name, List<TextBlock> Text, HeadingBlock Heading)> Parts(string section, bool isRequired = false)
    {
        (string Name, List<TextBlock> Text, HeadingBlock Heading)? part = null;
        foreach (var block in Blocks(section, isRequired))
        {
            if (block is HeadingBlock heading)
            {
                if (part is not null) yield return part.Value;
                part = (PageText.Plain(heading.Inline!, file, heading.Line + 1), [], heading);
            }
            else if (part is null)
            {
                throw Wrong(block, $"{section} begins with a heading of the third level.");
            }
            else
            {
                part.Value.Text.AddRange(PageText.Read(block, file));
            }
        }

        if (part is not null) yield return part.Value;
    }

    Dictionary<string, ParameterText> Words(string section)
    {
        const string Default = "Default: ";
        var words = new Dictionary<string, ParameterText>(StringComparer.Ordinal);
        foreach (var (name, text, heading) in Parts(section))
        {
            var standard = text.LastOrDefault() is { IsVerbatim: false } last && last.Text.StartsWith(Default, StringComparison.Ordinal)
                ? last : null;
            if (standard is not null) text.Remove(standard);
            if (standard is null && text.Count == 0) throw Wrong(heading, $"Nothing is said of {name}.");
            if (!words.TryAdd(name, new(text, standard?.Text[Default.Length..].TrimEnd('.'), heading.Line + 1)))
                throw Wrong(heading, $"{name} is there already.");
        }

        return words;
    }

    Dictionary<string, ParameterText> Parameters()
    {
        var words = Words("PARAMETERS");
        var odd = words.FirstOrDefault(each => !each.Key.StartsWith('-'));
        if (odd.Key is not null)
            throw new PageException(file, odd.Value.Line, $"The heading of a parameter begins with a dash: ### -{odd.Key}.");
        return words.ToDictionary(each => each.Key[1..], each => each.Value, StringComparer.Ordinal);
    }

    /// <summary>Text, one block of powershell, the block of text that it prints, and text.</summary>
    ExampleText Example((string Name, List<TextBlock> Text, HeadingBlock Heading) part)
    {
        var code = part.Text.FindIndex(block => block.Language == "powershell");
        if (code < 0 || part.Text.FindLastIndex(block => block.Language == "powershell") != code)
            throw Wrong(part.Heading, "An example has one block of powershell.");
        var output = code + 1 < part.Text.Count && part.Text[code + 1].Language == "text" ? part.Text[code + 1].Text : "";
        var after = output.Length == 0 ? code + 1 : code + 2;
        return new(part.Name, part.Text[..code], part.Text[code].Text, output, part.Text[after..]);
    }

    /// <summary>A list, each item of it a link.</summary>
    List<RelatedLink> Links()
    {
        var links = new List<RelatedLink>();
        foreach (var block in Blocks("RELATED LINKS", isRequired: false))
        {
            var found = block.Descendants<LinkInline>().ToList();
            if (block is not ListBlock list || found.Count != list.Count)
                throw Wrong(block, "RELATED LINKS is a list, each item of it a link.");
            var gone = found.FirstOrDefault(link => link.Url!.EndsWith(".md", StringComparison.Ordinal)
                && !File.Exists(Path.Combine(Path.GetDirectoryName(file)!, link.Url)));
            if (gone is not null) throw new PageException(file, gone.Line + 1, $"There is no page {gone.Url}.");
            links.AddRange(found.Select(link => new RelatedLink(PageText.Plain(link, file, link.Line + 1), link.Url!)));
        }

        return links;
    }

    PageException Wrong(Block at, string message) => new(file, at.Line + 1, message);
}
