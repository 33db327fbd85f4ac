using System.Management.Automation;
using System.Management.Automation.Host;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting;

/// <summary>The window as the engine sees it. The formatter asks for nothing but its width.</summary>
internal sealed class ConsoleRawUI(Terminal terminal) : PSHostRawUserInterface
{
    public override Size BufferSize
    {
        get => new(terminal.Columns, terminal.Rows);
        set => throw NotOffered();
    }

    public override Size WindowSize
    {
        get => new(terminal.Columns, terminal.Rows);
        set => throw NotOffered();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition
    {
        get => default;
        set => throw NotOffered();
    }

    public override Coordinates CursorPosition
    {
        get
        {
            if (!terminal.OutputIsTerminal)
                return default;
            var (left, top) = Console.GetCursorPosition();
            return new(left, top);
        }
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize
    {
        get => 25;
        set => throw NotOffered();
    }

    public override ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set => Console.ForegroundColor = value;
    }

    public override ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set => Console.BackgroundColor = value;
    }

    /// <summary>Written to the terminal's title bar where there is one; what another program wrote there is not known.</summary>
    public override string WindowTitle
    {
        get;
        set
        {
            field = value;
            if (terminal.OutputTakesColour)
                Console.Title = value;
        }
    } = "PhysOpt";

    public override bool KeyAvailable => terminal.InputIsTerminal && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        var state = (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0);
        return new((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override int LengthInBufferCells(char source) => CellWidth.Of(source);

    public override int LengthInBufferCells(string source) => CellWidth.Of(source);

    public override int LengthInBufferCells(string source, int offset) => CellWidth.Of(source.AsSpan(offset));

    /// <summary>Fills the window: Clear-Host asks for just this, a space everywhere. A part of it is not offered.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 } || fill.Character != ' ')
            throw NotOffered();
        if (terminal.OutputIsTerminal)
            Console.Clear();
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotOffered();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotOffered();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotOffered();

    /// <summary>A terminal's contents cannot be read or moved, nor its window resized: the documented answer of a host that cannot.</summary>
    static PSNotImplementedException NotOffered() => new("This console cannot do that: it writes to a terminal, it does not own it.");
}
