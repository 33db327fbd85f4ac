using System.Management.Automation;
using System.Text;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting.Editing;

/// <summary>What came of reading a line.</summary>
/// <param name="Text">The line; null if it was given up with Ctrl+C or the input has ended.</param>
/// <param name="Ended">Ctrl+D on an empty line.</param>
internal readonly record struct EditedLine(string? Text, bool Ended = false);

/// <summary>Reads a line key by key: the console's side of <see cref="LineBuffer"/> and <see cref="History"/>.</summary>
/// <remarks>
/// Ctrl+C is a key while a line is being read and a signal otherwise. Enter in something unfinished starts another line of it.
/// A text taller than the window is edited correctly but leaves traces of itself above.
/// </remarks>
internal sealed class LineEditor(
    Terminal terminal,
    History? history = null,
    Func<string, int, CommandCompletion?>? complete = null,
    Func<string, bool>? isIncomplete = null)
{
    const string EraseBelow = "\r\u001b[J";
    const string ClearScreen = "\u001b[H\u001b[2J";

    LineBuffer buffer = new();
    CompletionCycle? cycle;
    string promptLine = "";
    string continuation = "";
    char? mask;
    int cursorRow;

    /// <param name="prompt">Written before the line; what stands in the cursor's line already counts as its beginning.</param>
    /// <param name="continuationPrompt">Stands before each further line.</param>
    /// <param name="maskWith">Shown for each character typed; such a line is a secret.</param>
    public EditedLine Read(string prompt, string continuationPrompt, char? maskWith = null)
    {
        Begin(prompt, continuationPrompt, maskWith);
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                if (Press(Console.ReadKey(intercept: true)) is { } line)
                    return line;
                // what was pasted is drawn once
                if (!Console.KeyAvailable)
                    Draw(buffer.Cursor);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    void Begin(string prompt, string continuationPrompt, char? maskWith)
    {
        buffer = new LineBuffer();
        cycle = null;
        history?.Rewind();
        cursorRow = 0;
        mask = maskWith;
        continuation = continuationPrompt;
        terminal.Write(prompt);
        promptLine = terminal.UnfinishedLine;
    }

    /// <returns>The line, once the key ends it.</returns>
    EditedLine? Press(ConsoleKeyInfo key)
    {
        if (key.Key != ConsoleKey.Tab)
            cycle = null;
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.C when control:
                return Finish("^C", null);
            case ConsoleKey.D when control && buffer.Text.Length == 0:
                return Finish("", null) with { Ended = true };
            case ConsoleKey.Enter when isIncomplete is null || !isIncomplete(buffer.Text):
                return Finish("", buffer.Text);
            case ConsoleKey.Enter:
                buffer.Insert("\n");
                break;
            case ConsoleKey.Tab:
                Complete(backwards: key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                break;
            case ConsoleKey.L when control:
                terminal.WriteRaw(ClearScreen);
                cursorRow = 0;
                break;
            case ConsoleKey.UpArrow or ConsoleKey.P when key.Key == ConsoleKey.UpArrow || control:
                if (history?.Older(buffer.Text) is { } older)
                    buffer.Set(older);
                break;
            case ConsoleKey.DownArrow or ConsoleKey.N when key.Key == ConsoleKey.DownArrow || control:
                if (history?.Newer() is { } newer)
                    buffer.Set(newer);
                break;
            default:
                Edit(key, control);
                break;
        }
        return null;
    }

    void Edit(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key, control)
        {
            case (ConsoleKey.LeftArrow, true): buffer.WordLeft(); break;
            case (ConsoleKey.RightArrow, true): buffer.WordRight(); break;
            case (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, true): buffer.Left(); break;
            case (ConsoleKey.RightArrow, _) or (ConsoleKey.F, true): buffer.Right(); break;
            case (ConsoleKey.Home, _) or (ConsoleKey.A, true): buffer.Home(); break;
            case (ConsoleKey.End, _) or (ConsoleKey.E, true): buffer.End(); break;
            case (ConsoleKey.Backspace, _) or (ConsoleKey.H, true): buffer.Backspace(); break;
            case (ConsoleKey.Delete, _) or (ConsoleKey.D, true): buffer.Delete(); break;
            case (ConsoleKey.U, true): buffer.DeleteToLineStart(); break;
            case (ConsoleKey.K, true): buffer.DeleteToLineEnd(); break;
            case (ConsoleKey.W, true): buffer.DeleteWordLeft(); break;
            case (ConsoleKey.Escape, _): buffer.Set(""); break;
            default:
                if (key.KeyChar != '\0' && !char.IsControl(key.KeyChar))
                    buffer.Insert(key.KeyChar.ToString());
                break;
        }
    }

    void Complete(bool backwards)
    {
        if (cycle is null && complete?.Invoke(buffer.Text, buffer.Cursor) is { CompletionMatches.Count: > 0 } found)
            cycle = new(buffer, found.ReplacementIndex, found.ReplacementLength, [.. found.CompletionMatches.Select(match => match.CompletionText)]);
        if (backwards)
            cycle?.Previous();
        else
            cycle?.Next();
    }

    EditedLine Finish(string mark, string? text)
    {
        Draw(buffer.Text.Length);
        terminal.WriteRaw(mark + Environment.NewLine);
        return new(text);
    }

    void Draw(int cursor)
    {
        var text = mask is { } character ? new string(character, buffer.Text.Length) : buffer.Text;
        var layout = LineLayout.Of(text, cursor, CellWidth.Of(promptLine), continuation, terminal.WindowColumns);
        var screen = new StringBuilder();
        MoveUp(screen, cursorRow);
        screen.Append(EraseBelow).Append(promptLine).Append(layout.Screen);
        MoveUp(screen, layout.EndRow - layout.CursorRow);
        screen.Append('\r');
        if (layout.CursorColumn > 0)
            screen.Append("\u001b[").Append(layout.CursorColumn).Append('C');
        terminal.WriteRaw(screen.ToString());
        cursorRow = layout.CursorRow;
    }

    static void MoveUp(StringBuilder screen, int rows)
    {
        if (rows > 0)
            screen.Append("\u001b[").Append(rows).Append('A');
    }
}
