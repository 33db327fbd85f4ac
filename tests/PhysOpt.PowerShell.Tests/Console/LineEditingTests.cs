using PhysOpt.Hosting.Editing;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.PowerShell.Tests.Hosting;

public sealed class LineEditingTests
{
    static LineBuffer Typed(string text, int left = 0)
    {
        var buffer = new LineBuffer();
        buffer.Insert(text);
        for (var i = 0; i < left; i++)
            buffer.Left();
        return buffer;
    }

    [Fact]
    public void Text_goes_in_at_the_cursor_and_comes_out_on_either_side_of_it()
    {
        var buffer = Typed("acd", left: 2);
        buffer.Insert("b");
        Assert.Equal(("abcd", 2), (buffer.Text, buffer.Cursor));
        buffer.Backspace();
        Assert.Equal(("acd", 1), (buffer.Text, buffer.Cursor));
        buffer.Delete();
        Assert.Equal(("ad", 1), (buffer.Text, buffer.Cursor));
    }

    [Fact]
    public void Nothing_happens_beyond_the_ends()
    {
        var buffer = Typed("ab");
        buffer.Right();
        buffer.Delete();
        Assert.Equal(("ab", 2), (buffer.Text, buffer.Cursor));
        buffer.Home();
        buffer.Left();
        buffer.Backspace();
        buffer.DeleteWordLeft();
        buffer.DeleteToLineStart();
        Assert.Equal(("ab", 0), (buffer.Text, buffer.Cursor));
    }

    [Fact]
    public void Every_edit_of_an_empty_text_leaves_it_empty()
    {
        var buffer = new LineBuffer();
        Action[] edits =
        [
            buffer.Left, buffer.Right, buffer.WordLeft, buffer.WordRight, buffer.Home, buffer.End,
            buffer.Backspace, buffer.Delete, buffer.DeleteToLineStart, buffer.DeleteToLineEnd, buffer.DeleteWordLeft,
        ];
        foreach (var edit in edits)
        {
            edit();
            Assert.Equal(("", 0), (buffer.Text, buffer.Cursor));
        }
    }

    [Theory]
    [InlineData("a\U0001F600")] // a surrogate pair
    [InlineData("ae\u0301")]    // a letter and its accent
    public void What_people_see_as_one_character_is_deleted_as_one(string text)
    {
        var buffer = Typed(text, left: 1);
        Assert.Equal(1, buffer.Cursor);
        buffer.End();
        buffer.Backspace();
        Assert.Equal("a", buffer.Text);
    }

    [Fact]
    public void Home_End_and_the_deletions_stay_in_the_cursors_line()
    {
        var buffer = Typed("one\ntwo\nthree", left: 7); // in "two", after the first letter
        buffer.Home();
        Assert.Equal(4, buffer.Cursor);
        buffer.End();
        Assert.Equal(7, buffer.Cursor);
        buffer.Left();
        buffer.DeleteToLineEnd();
        Assert.Equal("one\ntw\nthree", buffer.Text);
        buffer.DeleteToLineStart();
        Assert.Equal(("one\n\nthree", 4), (buffer.Text, buffer.Cursor));
    }

    [Fact]
    public void Words_are_what_spaces_separate()
    {
        var buffer = Typed("Get-Command  -Name x");
        buffer.WordLeft();
        buffer.WordLeft();
        Assert.Equal(13, buffer.Cursor);
        buffer.DeleteWordLeft();
        Assert.Equal(("-Name x", 0), (buffer.Text, buffer.Cursor));
        buffer.WordRight();
        Assert.Equal(5, buffer.Cursor);
    }

    [Fact]
    public void The_arrows_walk_through_history_and_back_to_the_draft()
    {
        var history = new History();
        history.Add("first");
        history.Add("second");
        Assert.Equal("second", history.Older("half typed"));
        Assert.Equal("first", history.Older("second"));
        Assert.Null(history.Older("first"));
        Assert.Equal("second", history.Newer());
        Assert.Equal("half typed", history.Newer());
        Assert.Null(history.Newer());
    }

    [Fact]
    public void History_keeps_no_blank_lines_and_no_repetitions_and_starts_again_at_the_end()
    {
        var history = new History();
        foreach (var line in (string[])["one", "one", " ", "", "two", "one"])
            history.Add(line);
        Assert.Equal(3, history.Count);
        _ = history.Older("");
        _ = history.Older("");
        history.Rewind();
        Assert.Equal("one", history.Older("new draft"));
        Assert.Equal("new draft", history.Newer());
    }

    [Fact]
    public void An_empty_history_has_nothing_to_offer()
    {
        var history = new History();
        Assert.Null(history.Older("draft"));
        Assert.Null(history.Newer());
    }

    [Fact]
    public void Tab_goes_round_the_matches_in_both_directions_and_keeps_what_follows()
    {
        var buffer = Typed("(Get-Co x)", left: 3);
        var cycle = new CompletionCycle(buffer, start: 1, length: 6, ["Get-Command", "Get-Cool"]);
        cycle.Next();
        Assert.Equal(("(Get-Command x)", 12), (buffer.Text, buffer.Cursor));
        cycle.Next();
        Assert.Equal("(Get-Cool x)", buffer.Text);
        cycle.Next();
        Assert.Equal("(Get-Command x)", buffer.Text);
        cycle.Previous();
        Assert.Equal(("(Get-Cool x)", 9), (buffer.Text, buffer.Cursor));
    }

    [Fact]
    public void Shift_Tab_first_shows_the_last_match()
    {
        var buffer = Typed("a");
        new CompletionCycle(buffer, 0, 1, ["ab", "ac", "ad"]).Previous();
        Assert.Equal("ad", buffer.Text);
    }

    [Fact]
    public void A_line_lies_after_its_prompt_and_breaks_where_the_window_ends()
    {
        var layout = LineLayout.Of("abcdefgh", cursor: 8, firstColumn: 4, ">> ", columns: 10);
        Assert.Equal(new LineLayout("abcdef\r\ngh", EndRow: 1, CursorRow: 1, CursorColumn: 2), layout);
    }

    [Fact]
    public void A_cursor_behind_a_full_row_stands_in_the_next()
    {
        var layout = LineLayout.Of("abcdef", cursor: 6, firstColumn: 4, ">> ", columns: 10);
        Assert.Equal(new LineLayout("abcdef\r\n", EndRow: 1, CursorRow: 1, CursorColumn: 0), layout);
    }

    [Fact]
    public void Further_lines_stand_after_the_continuation_prompt()
    {
        var layout = LineLayout.Of("if {\nx\n}", cursor: 6, firstColumn: 4, ">> ", columns: 80);
        Assert.Equal(new LineLayout("if {\r\n>> x\r\n>> }", EndRow: 2, CursorRow: 1, CursorColumn: 4), layout);
    }

    [Fact]
    public void A_wide_character_that_does_not_fit_moves_down_whole()
    {
        var layout = LineLayout.Of("abc\u65e5", cursor: 4, firstColumn: 0, ">> ", columns: 4);
        Assert.Equal(new LineLayout("abc\r\n\u65e5", EndRow: 1, CursorRow: 1, CursorColumn: 2), layout);
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("\u001b[32;1mgreen\u001b[0m", 5)]
    [InlineData("\u001b]0;title\u0007x", 1)]
    [InlineData("\u001b]8;;link\u001b\\x", 1)]
    [InlineData("\u65e5\u672c", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001F600", 2)]
    [InlineData("\u001b[", 0)]
    public void The_width_of_a_text_is_what_the_terminal_shows(string text, int columns) =>
        Assert.Equal(columns, CellWidth.Of(text));
}
