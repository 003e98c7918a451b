//! Who was where when: the people of an organisation and the ties among them.
