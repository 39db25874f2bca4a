/** A text that a person typed. Each line sets its own direction, as its writer saw it. */
export const Lines = ({ text }: { readonly text: string }) => (
  <>
    {text.split('\n').map((line, index) => (
      <>
        {index > 0 && '\n'}
        <span class="line" dir="auto">
          {line}
        </span>
      </>
    ))}
  </>
)
