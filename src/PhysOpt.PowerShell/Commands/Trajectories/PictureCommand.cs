using System.Management.Automation;
using PhysOpt.Pictures;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that draws one picture of all the records it is given.</summary>
public abstract class PictureCommand : StoppableCommand
{
    readonly RecordRows rows = new();
    PictureBuilder? builder;
    int[]? components; // of the first record

    /// <summary>The records of one or more runs, of one or more methods; or rows of them from a file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>
    /// What to show: the path through x or y, the loss, or the state, which is all of x. Without it: the path through x, and the state
    /// where x has 17 components or more.
    /// </summary>
    [Parameter]
    public PlotSpace Space { get; set; }

    /// <summary>
    /// The components of x or y to show, counted from 0 or by the names of the variables; one alone is shown against the loss. Without it:
    /// the first two.
    /// </summary>
    [Parameter]
    [ValidateCount(1, 2)]
    public string[] Component { get; set; } = [];

    /// <summary>What to show the loss against.</summary>
    [Parameter]
    public PlotAgainst Against { get; set; }

    /// <summary>The title, instead of the problem's name; an empty one for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected virtual PictureOptions Options => new()
    {
        Space = IsBound(nameof(Space)) ? Space : null,
        Components = components,
        Against = IsBound(nameof(Against)) ? Against : null,
        Title = IsBound(nameof(Title)) ? Title : null,
    };

    /// <summary>Draws the picture.</summary>
    private protected abstract void Draw(Picture picture);

    /// <inheritdoc/>
    protected override void ProcessRecord() => TerminateOnError(() =>
    {
        foreach (var item in InputObject)
        {
            var record = rows.Read(item, WriteWarning);
            if (builder is null && IsBound(nameof(Component))) components = PictureComponents.Of(Component, record, Space == PlotSpace.Y);
            builder ??= new(Options);
            builder.Add(record);
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => TerminateOnError(() =>
    {
        var notes = new PictureNotes();
        var picture = (builder ?? new(Options)).Build(notes, StopToken);
        foreach (var warning in notes.Warnings) WriteWarning(warning);
        foreach (var remark in notes.Remarks) WriteVerbose(remark);
        Draw(picture);
    });

    /// <summary>Does a piece of work; a record that does not fit ends the whole, as half a picture would mislead.</summary>
    void TerminateOnError(Action work)
    {
        try
        {
            work();
        }
        catch (ProblemException exception)
        {
            ThrowTerminatingError(Errors.From(exception, InputObject));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
