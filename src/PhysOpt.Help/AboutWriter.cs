using System.Text;

namespace PhysOpt.Help;

/// <summary>A page about a subject as the text that Get-Help shows: 80 columns, the text below a heading four deep.</summary>
internal static class AboutWriter
{
    const int Width = 80;
    const int Indent = 4;

    /// <summary>What stands in a page for the list of the cmdlets that are methods, in their pages' words.</summary>
    internal const string Methods = "{methods}";

    /// <summary>What stands in a page for the list of all other cmdlets.</summary>
    internal const string OtherCmdlets = "{other cmdlets}";

    /// <param name="file">The page: # about_Name, ## SHORT DESCRIPTION of one line, and any other sections.</param>
    /// <param name="lists">The lists that a page may ask for, by what stands for them: each the cmdlets and their synopses.</param>
    /// <exception cref="PageException">The page is not as it should be.</exception>
    internal static string Write(string file, IReadOnlyDictionary<string, IEnumerable<(string Name, string Synopsis)>> lists)
    {
        const string Short = "SHORT DESCRIPTION";
        var page = new PageReader(file);
        var text = new StringBuilder();
        // the engine takes the fifth line for the synopsis
        text.Append("TOPIC\n").Append(Wrap(Path.GetFileNameWithoutExtension(file), Indent)).Append("\n\n");
        text.Append(Short).Append('\n').Append(' ', Indent).Append(page.Sentence(Short)).Append('\n');
        foreach (var section in page.Sections.Where(name => name != Short))
        {
            text.Append('\n').Append(section.ToUpperInvariant()).Append('\n');
            text.AppendJoin("\n\n", Blocks(page.Text(section), lists)).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<string> Blocks(IReadOnlyList<TextBlock> blocks, IReadOnlyDictionary<string,
        IEnumerable<(string Name, string Synopsis)>> lists) => blocks.Select(block =>
        lists.TryGetValue(block.Text, out var list)
            ? string.Join('\n', list.Select(each => $"{Wrap(each.Name, Indent)}\n{Wrap(each.Synopsis, 2 * Indent)}"))
        : block.IsVerbatim ? string.Join('\n',
            block.Text.Split('\n').Select(line => line.Length == 0 ? "" : new string(' ', 2 * Indent) + line))
        : Wrap(block.Text, Indent));

    /// <summary>Words in lines of at most <see cref="Width"/>; those of an item of a list hang below its first word.</summary>
    static string Wrap(string text, int indent)
    {
        var hanging = indent + (text.StartsWith("- ", StringComparison.Ordinal) ? 2 : 0);
        var result = new StringBuilder().Append(' ', indent);
        var column = indent;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                result.Append('\n').Append(' ', hanging);
                column = hanging;
            }
            else if (column > indent)
            {
                result.Append(' ');
                column++;
            }

            result.Append(word);
            column += word.Length;
        }

        return result.ToString();
    }
}
