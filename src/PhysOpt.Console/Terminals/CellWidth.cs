using System.Globalization;
using System.Text;

namespace PhysOpt.Hosting.Terminals;

/// <summary>How many columns of a terminal a text takes: escape sequences none, East Asian and emoji two.</summary>
internal static class CellWidth
{
    const char Escape = '\u001b';
    const char Bell = '\u0007';

    public static int Of(char character) =>
        Rune.TryCreate(character, out var rune) ? Of(rune) : 1; // half a pair: the two halves make the two columns of most pairs

    public static int Of(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == Escape)
            {
                text = text[SequenceLength(text)..];
                continue;
            }
            _ = Rune.DecodeFromUtf16(text, out var rune, out var used);
            width += Of(rune);
            text = text[used..];
        }
        return width;
    }

    public static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // the blocks whose East Asian Width is W or F in Unicode's table
    static bool IsWide(int code) => code >= 0x1100 && (
        code <= 0x115F                           // Hangul initials
        || code is >= 0x2E80 and <= 0xA4CF and not 0x303F // CJK, kana, Yi
        || code is >= 0xAC00 and <= 0xD7A3       // Hangul syllables
        || code is >= 0xF900 and <= 0xFAFF       // CJK compatibility
        || code is >= 0xFE30 and <= 0xFE6F
        || code is >= 0xFF00 and <= 0xFF60       // full width forms
        || code is >= 0xFFE0 and <= 0xFFE6
        || code is >= 0x1F300 and <= 0x1F64F     // emoji
        || code is >= 0x1F900 and <= 0x1FAFF
        || code is >= 0x20000 and <= 0x3FFFD);

    /// <summary>Control sequences (ESC [ ... letter), strings (ESC ] ... BEL or ESC \), and two-character sequences.</summary>
    static int SequenceLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return text.Length;
        if (text[1] == '[')
        {
            var final = text[2..].IndexOfAnyInRange('@', '~');
            return final < 0 ? text.Length : final + 3;
        }
        if (text[1] == ']')
        {
            var end = text[2..].IndexOfAny(Bell, Escape);
            if (end < 0)
                return text.Length;
            return int.Min(text.Length, end + (text[end + 2] == Bell ? 3 : 4));
        }
        return 2;
    }
}
