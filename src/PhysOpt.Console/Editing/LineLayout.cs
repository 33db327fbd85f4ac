using System.Globalization;
using System.Text;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting.Editing;

/// <summary>Where a text and its cursor come to lie on the screen, counted from the row the prompt's last line is in.</summary>
/// <param name="Screen">The text with its line breaks, both the user's and those where the window ends.</param>
/// <param name="EndRow">The row that writing <paramref name="Screen"/> ends in.</param>
/// <param name="CursorRow">The cursor's row.</param>
/// <param name="CursorColumn">The cursor's column, from 0.</param>
internal readonly record struct LineLayout(string Screen, int EndRow, int CursorRow, int CursorColumn)
{
    /// <param name="text">What is being typed.</param>
    /// <param name="cursor">Index into the text.</param>
    /// <param name="firstColumn">Where the text starts: the width of the prompt.</param>
    /// <param name="continuation">What stands before each further line of the text.</param>
    /// <param name="columns">The width of the window.</param>
    public static LineLayout Of(string text, int cursor, int firstColumn, string continuation, int columns)
    {
        var screen = new StringBuilder();
        var (row, column) = (0, firstColumn);
        var (cursorRow, cursorColumn) = (0, 0);
        for (var i = 0; i <= text.Length;)
        {
            var element = i < text.Length ? text.AsSpan(i, StringInfo.GetNextTextElementLength(text, i)) : [];
            var width = CellWidth.Of(element);
            // a break of our own where the window ends: what a terminal does in its last column differs
            if (column + int.Max(width, 1) > columns)
            {
                screen.Append("\r\n");
                (row, column) = (row + 1, 0);
            }
            if (i == cursor)
                (cursorRow, cursorColumn) = (row, column);
            if (element.IsEmpty)
                break;
            if (element is "\n" or "\r\n")
            {
                screen.Append("\r\n").Append(continuation);
                (row, column) = (row + 1, CellWidth.Of(continuation));
            }
            else
            {
                screen.Append(element);
                column += width;
            }
            i += element.Length;
        }
        return new(screen.ToString(), row, cursorRow, cursorColumn);
    }
}
