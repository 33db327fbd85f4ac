using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PhysOpt.Help;

/// <summary>A block of a page as a terminal shows it.</summary>
/// <param name="Text">A paragraph or an item of a list in one line, or lines to be kept as they are.</param>
/// <param name="Line">Where it is written, from 1.</param>
/// <param name="IsVerbatim">True where the lines are to be kept.</param>
/// <param name="Language">What a block of code is written in; null for other blocks.</param>
internal sealed record TextBlock(string Text, int Line, bool IsVerbatim = false, string? Language = null);

/// <summary>Blocks of Markdown as plain text.</summary>
internal static class PageText
{
    /// <summary>The text blocks of a Markdown block.</summary>
    /// <exception cref="PageException">It is of a kind that a terminal does not show.</exception>
    internal static IEnumerable<TextBlock> Read(Block block, string file)
    {
        var line = block.Line + 1;
        switch (block)
        {
            case ParagraphBlock paragraph:
                return [new(Plain(paragraph.Inline!, file, line), line)];
            case ListBlock list:
                return list.Cast<ListItemBlock>().SelectMany(item => Item(list, item, file));
            case CodeBlock code:
                var lines = string.Join('\n', code.Lines.Lines.Take(code.Lines.Count).Select(each => each.Slice.ToString().TrimEnd()));
                return [new(lines, line, IsVerbatim: true, (code as FencedCodeBlock)?.Info ?? "")];
            default:
                throw new PageException(file, line,
                    $"A {block.GetType().Name} does not show in a terminal. Write paragraphs, lists and blocks of code.");
        }
    }

    static IEnumerable<TextBlock> Item(ListBlock list, ListItemBlock item, string file)
    {
        var mark = list.IsOrdered ? $"{item.Order}. " : "- ";
        foreach (var text in item.SelectMany(block => Read(block, file)))
        {
            yield return text.IsVerbatim ? text : text with { Text = mark + text.Text };
            mark = new string(' ', mark.Length);
        }
    }

    /// <summary>The text of a heading or a paragraph, in one line.</summary>
    /// <exception cref="PageException">It has marks that a terminal does not show.</exception>
    internal static string Plain(ContainerInline container, string file, int line)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                LinkInline { IsImage: false } link => Link(Plain(link, file, line), link.Url),
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                EmphasisInline => throw new PageException(file, line,
                    "Emphasis does not show in a terminal, and takes away the signs it is made of. Write equations as `code`."),
                _ => throw new PageException(file, line,
                    $"A {inline.GetType().Name} does not show in a terminal. Write plain text and `code`."),
            });
        }

        return text.ToString().Trim();
    }

    static string Link(string text, string? url) =>
        url is null || url == text || url.EndsWith(".md", StringComparison.Ordinal) ? text : $"{text} ({url})";
}
