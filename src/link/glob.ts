/** The small globs of configuration: `*` within a path part, `**` across parts. */

/** Whether a text fits a glob as a whole. Linear in the text: no regular expression of the user's is run. */
export function globTest(glob: string, text: string): boolean {
  const source = glob
    .split('**')
    .map((part) =>
      part
        .split('*')
        .map((literal) => literal.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
        .join('[^/]*'),
    )
    .join('.*');
  return new RegExp(`^${source}$`).test(text);
}
