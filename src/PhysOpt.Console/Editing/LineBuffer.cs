using System.Globalization;

namespace PhysOpt.Hosting.Editing;

/// <summary>The text being typed and the cursor in it: no console, no keys. The text may have several lines.</summary>
/// <remarks>The cursor stands between characters as people see them (text elements): never inside a surrogate pair or before an accent.</remarks>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    /// <summary>Index into <see cref="Text"/>: what is typed goes in before it.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Puts a text in place of a range, with the cursor behind it.</summary>
    public void Replace(int start, int length, string replacement)
    {
        Text = Text.Remove(start, length).Insert(start, replacement);
        Cursor = start + replacement.Length;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void WordLeft() => Cursor = WordStart;

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
            Right();
        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
            Right();
    }

    /// <summary>To the start of the line the cursor is in.</summary>
    public void Home() => Cursor = LineStart;

    /// <summary>To the end of the line the cursor is in.</summary>
    public void End() => Cursor = LineEnd;

    public void Backspace() => Replace(Before(Cursor), Cursor - Before(Cursor), "");

    public void Delete() => Replace(Cursor, After(Cursor) - Cursor, "");

    public void DeleteToLineStart() => Replace(LineStart, Cursor - LineStart, "");

    public void DeleteToLineEnd() => Replace(Cursor, LineEnd - Cursor, "");

    public void DeleteWordLeft() => Replace(WordStart, Cursor - WordStart, "");

    int LineStart => Text.LastIndexOf('\n', int.Max(Cursor - 1, 0), Cursor) + 1;

    int LineEnd => Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    int WordStart
    {
        get
        {
            var start = Cursor;
            while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
                start--;
            while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
                start--;
            return start;
        }
    }

    int After(int index) => index + StringInfo.GetNextTextElementLength(Text, index);

    int Before(int index)
    {
        var before = 0;
        for (var next = 0; next < index; next = After(next))
            before = next;
        return before;
    }
}
