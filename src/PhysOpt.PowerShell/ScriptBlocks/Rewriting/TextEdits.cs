using System.Management.Automation.Language;
using System.Text;

namespace PhysOpt.PowerShell.ScriptBlocks.Rewriting;

/// <summary>
/// Changes to the text of a script that may lie inside one another, and the way back from a place in the new text to the old one.
/// </summary>
internal sealed class TextEdits
{
    readonly List<Edit> edits = [];
    readonly List<(int New, int Old)> anchors = [];

    readonly record struct Edit(int Offset, int Removed, string Text, bool Closes);

    /// <summary>True when nothing is changed.</summary>
    internal bool IsEmpty => edits.Count == 0;

    /// <summary>Puts text around a part; what is put around an outer part must be said first.</summary>
    internal void Wrap(IScriptExtent part, string before, string after)
    {
        Insert(part.StartOffset, before);
        edits.Add(new(part.EndOffset, 0, after, Closes: true));
    }

    /// <summary>Puts text before a place.</summary>
    internal void Insert(int offset, string text) => edits.Add(new(offset, 0, text, Closes: false));

    /// <summary>Puts text in place of another.</summary>
    internal void Replace(int start, int end, string text) => edits.Add(new(start, end - start, text, Closes: false));

    /// <summary>The new text of a stretch of the script.</summary>
    /// <param name="script">The whole text, to which the offsets of the edits refer.</param>
    /// <param name="start">Where the stretch starts.</param>
    /// <param name="end">Where it ends.</param>
    internal string Apply(string script, int start, int end)
    {
        var ordered = edits
            .Select((edit, order) => (edit, order))
            .Where(each => each.edit.Closes ? each.edit.Offset > start && each.edit.Offset <= end : each.edit.Offset >= start
                && each.edit.Offset < end)
            .OrderBy(each => each.edit.Offset)
            .ThenBy(each => each.edit.Closes ? 0 : 1)
            .ThenBy(each => each.edit.Closes ? -each.order : each.order);
        var text = new StringBuilder();
        var at = start;
        anchors.Clear();
        foreach (var (edit, _) in ordered)
        {
            anchors.Add((text.Length, at));
            text.Append(script, at, edit.Offset - at);
            anchors.Add((text.Length, edit.Offset));
            text.Append(edit.Text);
            at = edit.Offset + edit.Removed;
        }

        anchors.Add((text.Length, at));
        return text.Append(script, at, end - at).ToString();
    }

    /// <summary>Where a place in the latest new text was in the old one; what was put in belongs to the place where it stands.</summary>
    internal int Original(int offset)
    {
        var last = anchors.FindLastIndex(anchor => anchor.New <= offset);
        if (last < 0) return offset;
        var (placed, old) = anchors[last];
        var isCopied = last % 2 == 0; // anchors come in pairs: a stretch that is copied, and text that was put in
        return isCopied ? old + offset - placed : old;
    }
}
